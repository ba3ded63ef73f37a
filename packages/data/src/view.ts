import type { Size } from './picture.js';

/** A rectangle of whole pixels. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** How a model sees a picture: cut out `crop`, resize that to `size`, cut out `window`. */
export interface View {
  /** In pixels of the picture; nothing outside of it is read. */
  readonly crop: Box;
  /** What the crop is resized to, antialiased. */
  readonly size: Size;
  /** In pixels of the resized crop; its size is that of the result. */
  readonly window: Box;
  /** `bicubic` is Catmull-Rom (a = -0.5), as in Pillow. */
  readonly interpolation: 'bicubic' | 'bilinear';
}

/** The box that covers everything of a size. */
export function whole(size: Size): Box {
  return { left: 0, top: 0, width: size.width, height: size.height };
}

/** Whether a box covers everything of a size. */
export function isWhole(box: Box, size: Size): boolean {
  return box.left === 0 && box.top === 0 && box.width === size.width && box.height === size.height;
}
