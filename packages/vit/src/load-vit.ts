import {
  type Grid,
  type HostTensor,
  type LoadReport,
  loadVariables,
  positionCount,
} from '@whereabouts/layers';
import { gridOf, type ImageSize, resizePositionEncoding } from '@whereabouts/patch-embedding';
import type { Vit } from './vit.js';

/**
 * Loads tensors into a ViT, also those of a ViT for another image size: what was learned for each position is resized to its
 * grid. Either all of them are loaded or, on an error, none.
 *
 * @param tensors by path: `readVariables(vit.variables)`, or the `backbone` that `fromTimmVit` or `fromCheckpoint` of
 * `@whereabouts/weights` hands over
 * @param options.imageSize that they were learned at, in pixels; needed where it was not square, and the grid is another
 * @param options.partial load what fits and report the rest, instead of throwing; false unless given
 * @throws when a path is missing, unexpected or doesn't fit, unless `partial`; and when no grid can be made of the encoding
 * @source timm's `checkpoint_filter_fn`: bicubic with antialiasing; the rows of class token, distillation token and registers
 * stay. The patch size has to be the same
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { readVariables } from '@whereabouts/layers';
 * import { loadVit, vit } from '@whereabouts/vit';
 *
 * const size = { patchSize: 4, channels: 16, depth: 1, heads: 2 };
 * const learned = await readVariables(vit({ imageSize: 32, ...size }).variables);
 * loadVit(vit({ imageSize: 48, ...size }), learned).missing; // => []
 * ```
 */
export function loadVit(
  vit: Vit,
  tensors: Readonly<Record<string, HostTensor>>,
  options: { readonly imageSize?: number | ImageSize; readonly partial?: boolean } = {},
): LoadReport {
  const { imageSize, partial = false } = options;
  const fitted = vit.positionEncoding.byPosition.flatMap((own) => {
    const path = `positionEncoding.${own}`;
    const learned = tensors[path];
    const needed = vit.variables[path]?.shape[0] ?? 0;
    if (learned === undefined || learned.shape.length !== 2) return [];
    const prefix = needed - positionCount(vit.grid);
    const from = sourceGrid(vit, (learned.shape[0] ?? 0) - prefix, imageSize);
    return [[path, resizePositionEncoding(learned, { from, to: vit.grid, prefix })] as const];
  });
  return loadVariables(vit.variables, { ...tensors, ...Object.fromEntries(fitted) }, { partial });
}

/** The grid on which so many positions were learned: as stated, else the same as now, else a square. */
function sourceGrid(vit: Vit, positions: number, imageSize: number | ImageSize | undefined): Grid {
  const { grid, settings } = vit;
  if (imageSize !== undefined) return gridOf(imageSize, settings.patchSize);
  if (positions === positionCount(grid)) return grid;
  const side = Math.sqrt(positions);
  if (Number.isInteger(side) && side > 0) return { rows: side, columns: side };
  throw new Error(
    `The position encoding was learned for ${positions} positions, which are neither the ${grid.rows} x ${grid.columns} of ` +
      'this ViT nor a square. Say as `imageSize` how many pixels high and wide its images were; and see that both have the ' +
      'same class token, distillation token and registers.',
  );
}
