import { type Grid, type HostTensor, positionCount } from '@whereabouts/layers';

/**
 * Fits a learned position encoding to another grid, for instance to fine-tune at another image size:
 * `[prefix + positions, channels] float32` to the same with the positions of `to`. The rows of the prefix stay.
 *
 * @param options.from the grid that it was learned on
 * @param options.to the grid that it is needed on
 * @param options.prefix how many rows stand before those of the grid, such as 1 for a class token
 * @throws when the encoding's shape doesn't match `from` and `prefix`
 * @source timm `resample_abs_pos_embed`: bicubic (a = -0.5) with antialiasing, which widens the kernel when shrinking,
 * as PyTorch's `interpolate(mode='bicubic', antialias=True)`; computed in float64 here
 * @example
 * ```ts
 * import { resizePositionEncoding } from '@whereabouts/patch-embedding';
 *
 * const learned = { shape: [5, 8], dtype: 'float32', values: new Float32Array(40) } as const;
 * const fitted = resizePositionEncoding(learned, { from: { rows: 2, columns: 2 }, to: { rows: 3, columns: 5 }, prefix: 1 });
 * fitted.shape; // => [16, 8]
 * ```
 */
export function resizePositionEncoding(
  encoding: HostTensor,
  options: { readonly from: Grid; readonly to: Grid; readonly prefix: number },
): HostTensor {
  const { from, to, prefix } = options;
  const [rows, channels] = encoding.shape;
  if (encoding.shape.length !== 2 || channels === undefined || rows !== prefix + positionCount(from))
    throw new Error(
      `A position encoding of shape [${encoding.shape}] doesn't belong to a grid of ${from.rows} x ${from.columns} ` +
        `with ${prefix} rows before it, which needs [${prefix + positionCount(from)}, channels].`,
    );
  const ahead = prefix * channels;
  const learned = Float64Array.from(encoding.values.subarray(ahead));
  const wide = resizeAxis(learned, {
    before: from.rows,
    from: from.columns,
    to: to.columns,
    after: channels,
  });
  const fitted = resizeAxis(wide, { before: 1, from: from.rows, to: to.rows, after: to.columns * channels });
  const values = new Float32Array(ahead + fitted.length);
  values.set(encoding.values.subarray(0, ahead));
  values.set(fitted, ahead);
  return { shape: [prefix + positionCount(to), channels], dtype: 'float32', values };
}

/** Resizes the middle axis of `[before, from, after]` to `[before, to, after]`. */
function resizeAxis(
  values: Float64Array,
  size: { readonly before: number; readonly from: number; readonly to: number; readonly after: number },
): Float64Array {
  const { before, from, to, after } = size;
  const resized = new Float64Array(before * to * after);
  for (let target = 0; target < to; target += 1)
    for (const { source, weight } of contributions(target, from, to))
      for (let outer = 0; outer < before; outer += 1)
        for (let inner = 0; inner < after; inner += 1) {
          const index = (outer * to + target) * after + inner;
          const value = values[(outer * from + source) * after + inner] ?? Number.NaN;
          resized[index] = (resized[index] ?? 0) + weight * value;
        }
  return resized;
}

/** Which places of an axis make up one place of the resized axis, and how much of each; the weights sum to 1. */
function contributions(target: number, from: number, to: number): { source: number; weight: number }[] {
  const scale = from / to;
  const stretch = Math.max(scale, 1);
  const centre = scale * (target + 0.5);
  const first = Math.max(Math.trunc(centre - 2 * stretch + 0.5), 0);
  const end = Math.min(Math.trunc(centre + 2 * stretch + 0.5), from);
  const weights: { source: number; weight: number }[] = [];
  for (let source = first; source < end; source += 1)
    weights.push({ source, weight: cubic((source + 0.5 - centre) / stretch) });
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  return weights.map(({ source, weight }) => ({ source, weight: weight / total }));
}

/** Keys' cubic convolution kernel with a = -0.5. */
function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x < 1) return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}
