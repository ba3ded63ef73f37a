import type { Picture } from '../picture.js';
import { mapBytes, sameTables } from './map-bytes.js';

/** The negative. @source Pillow, `ImageOps.invert` */
export function invert(picture: Picture): Picture {
  return mapBytes(
    picture,
    sameTables((byte) => 255 - byte),
  );
}

/** Keeps the highest `bits` of each byte, 0 to 8. @source Pillow, `ImageOps.posterize`, which refuses 0 */
export function posterise(picture: Picture, bits: number): Picture {
  const mask = 256 - 2 ** (8 - bits);
  return mapBytes(
    picture,
    sameTables((byte) => byte & mask),
  );
}

/** Inverts the bytes from `threshold` on. @source Pillow, `ImageOps.solarize` */
export function solarise(picture: Picture, threshold: number): Picture {
  return mapBytes(
    picture,
    sameTables((byte) => (byte < threshold ? byte : 255 - byte)),
  );
}

/** Adds to the bytes below 128. @source timm, `solarize_add` */
export function solariseAdd(picture: Picture, added: number): Picture {
  return mapBytes(
    picture,
    sameTables((byte) => (byte < 128 ? byte + added : byte)),
  );
}
