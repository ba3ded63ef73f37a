import type { Normalisation } from '@whereabouts/data';
import sharp from 'sharp';

/** A picture of bytes, `[height, width, 3]` row-major. */
export interface Pixels {
  readonly height: number;
  readonly width: number;
  readonly bytes: Uint8Array;
}

/** Takes one picture out of a normalised batch, `[batch, height, width, 3]`, as bytes. */
export function pixelsOf(
  images: { readonly shape: readonly number[]; readonly values: ArrayLike<number> },
  index: number,
  { mean, deviation }: Normalisation,
): Pixels {
  const [, height = 0, width = 0] = images.shape;
  const size = height * width * 3;
  const bytes = Uint8Array.from({ length: size }, (_, place) => {
    const value = (images.values[index * size + place] as number) * (deviation[place % 3] as number);
    return Math.round(255 * Math.min(1, Math.max(0, value + (mean[place % 3] as number))));
  });
  return { height, width, bytes };
}

/** A picture as a data URI. */
export async function pictureUri({ height, width, bytes }: Pixels): Promise<string> {
  const png = await sharp(bytes, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 9 })
    .toBuffer();
  return `data:image/png;base64,${png.toString('base64')}`;
}
