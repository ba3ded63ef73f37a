/** The centre of a picture, for people and for the model. */
export interface Picture {
  /** The square that is shown. */
  readonly canvas: HTMLCanvasElement;
  /** What the model sees: `[imageSize, imageSize, 3]`, red, green and blue from 0 to 255. */
  readonly pixels: Uint8Array;
}

/**
 * Decodes a picture and cuts out the largest square in its middle.
 *
 * @param imageSize height and width of what the model sees, in pixels
 * @param shownSize height and width of what is shown, in pixels
 * @throws when the browser can't decode it
 */
export async function readPicture(
  file: Blob,
  { imageSize, shownSize }: { readonly imageSize: number; readonly shownSize: number },
): Promise<Picture> {
  const bitmap = await createImageBitmap(file).catch(() => {
    throw new Error('This is no picture that your browser can read; JPEG, PNG and WebP are.');
  });
  const canvas = squareOf(bitmap, shownSize);
  const { data } = context(squareOf(bitmap, imageSize)).getImageData(0, 0, imageSize, imageSize);
  bitmap.close();
  return { canvas, pixels: Uint8Array.from(data.filter((_, index) => index % 4 !== 3)) };
}

function squareOf(bitmap: ImageBitmap, size: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = size;
  const side = Math.min(bitmap.width, bitmap.height);
  const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
  const drawing = context(canvas);
  drawing.fillStyle = 'white'; // behind what is transparent
  drawing.fillRect(0, 0, size, size);
  drawing.imageSmoothingQuality = 'high';
  drawing.drawImage(bitmap, left, top, side, side, 0, 0, size, size);
  return canvas;
}

function context(canvas: HTMLCanvasElement): CanvasRenderingContext2D {
  const drawing = canvas.getContext('2d', { willReadFrequently: true });
  if (drawing === null) throw new Error('This browser lends no canvas to draw on; close some tabs.');
  return drawing;
}
