import type { Picture } from '../picture.js';
import { type Sampling, transform } from './transform.js';

/** Each row slides to the left by `factor` of a pixel more than the one above. @source timm, `shear_x` */
export function shearX(picture: Picture, factor: number, sampling: Sampling): Picture {
  return transform(picture, [1, factor, 0, 0, 1, 0], sampling);
}

/** Each column slides up by `factor` of a pixel more than the one before. @source timm, `shear_y` */
export function shearY(picture: Picture, factor: number, sampling: Sampling): Picture {
  return transform(picture, [1, 0, 0, factor, 1, 0], sampling);
}

/** Slides to the left by a share of the width. @source timm, `translate_x_rel` */
export function translateX(picture: Picture, share: number, sampling: Sampling): Picture {
  return transform(picture, [1, 0, share * picture.width, 0, 1, 0], sampling);
}

/** Slides up by a share of the height. @source timm, `translate_y_rel` */
export function translateY(picture: Picture, share: number, sampling: Sampling): Picture {
  return transform(picture, [1, 0, 0, 0, 1, share * picture.height], sampling);
}

/** Turns anticlockwise around the middle. @source Pillow, `Image.rotate` */
export function rotate(picture: Picture, degrees: number, sampling: Sampling): Picture {
  const angle = (-degrees * Math.PI) / 180;
  const cosine = Math.cos(angle);
  const sine = Math.sin(angle);
  const [x, y] = [picture.width / 2, picture.height / 2];
  const right = x - cosine * x - sine * y;
  const down = y + sine * x - cosine * y;
  return transform(picture, [cosine, sine, right, -sine, cosine, down], sampling);
}
