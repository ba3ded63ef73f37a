import type { Grid } from '@whereabouts/layers';

/** The size of an image in pixels. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/**
 * The grid of patches that an image is cut into.
 *
 * @param imageSize in pixels; one number for a square image
 * @param patchSize side of a patch in pixels
 * @throws on a size that the patch doesn't divide, and on sizes that aren't whole numbers above 0
 * @source Dosovitskiy et al. 2021, section 3.1
 * @example
 * ```ts
 * import { gridOf } from '@whereabouts/patch-embedding';
 *
 * gridOf({ height: 32, width: 48 }, 16); // => { "rows": 2, "columns": 3 }
 * ```
 */
export function gridOf(imageSize: number | ImageSize, patchSize: number): Grid {
  const { height, width } = sidesOf(imageSize);
  for (const [name, pixels] of Object.entries({ height, width, 'patch size': patchSize }))
    if (!Number.isInteger(pixels) || pixels < 1)
      throw new Error(`The ${name} is ${pixels}, but must be a whole number of pixels above 0.`);
  const undivided = Object.entries({ height, width }).filter(([, side]) => side % patchSize !== 0);
  if (undivided.length > 0)
    throw new Error(
      `An image of ${height} x ${width} px (height x width) can't be cut into patches of ${patchSize} px: ` +
        `${undivided.map(([name, side]) => `the ${name} ${side}`).join(' and ')} is not a multiple of ${patchSize}. ` +
        `Choose a size that the patch divides, such as ${nearest(height, patchSize)} x ${nearest(width, patchSize)} px, or another patch size.`,
    );
  return { rows: height / patchSize, columns: width / patchSize };
}

/**
 * Spells out the size of an image.
 *
 * @param imageSize in pixels; one number for a square image
 * @example
 * ```ts
 * import { sidesOf } from '@whereabouts/patch-embedding';
 *
 * sidesOf(32); // => { "height": 32, "width": 32 }
 * ```
 */
export function sidesOf(imageSize: number | ImageSize): ImageSize {
  return typeof imageSize === 'number'
    ? { height: imageSize, width: imageSize }
    : { height: imageSize.height, width: imageSize.width };
}

function nearest(side: number, patchSize: number): number {
  return Math.max(1, Math.round(side / patchSize)) * patchSize;
}
