import type { Grid, HostTensor } from '@whereabouts/layers';

/**
 * Fits a learned relative position bias to another window: `[offsets, heads] float32` to the same with the offsets of `to`,
 * where a window of `rows` x `columns` tokens has `(2 * rows - 1) * (2 * columns - 1)` of them.
 *
 * The old offsets are laid out ever more sparsely away from the centre, so that they reach as far as the new ones, and the
 * new ones are interpolated between them; near the centre little changes.
 *
 * @param options.from the window that it was learned with
 * @param options.to the window that it is needed for
 * @throws when the shape doesn't match `from`
 * @source timm `resize_rel_pos_bias_table` (from BEiT) as it is without SciPy: linear interpolation; ours takes windows of any
 * shape and computes in float64
 * @example
 * ```ts
 * import { resizeRelativePositionBias } from '@whereabouts/weights';
 *
 * const learned = { shape: [169, 3], dtype: 'float32', values: new Float32Array(169 * 3) } as const;
 * const [from, to] = [{ rows: 7, columns: 7 }, { rows: 12, columns: 8 }];
 * resizeRelativePositionBias(learned, { from, to }).shape; // => [345, 3]
 * ```
 */
export function resizeRelativePositionBias(
  table: HostTensor,
  options: { readonly from: Grid; readonly to: Grid },
): HostTensor {
  const { from, to } = options;
  const [offsets, heads = 0] = table.shape;
  const [oldDown, oldAcross] = [2 * from.rows - 1, 2 * from.columns - 1];
  if (table.shape.length !== 2 || offsets !== oldDown * oldAcross)
    throw new Error(
      `A relative position bias of shape [${table.shape}] doesn't belong to a window of ${from.rows} x ${from.columns} ` +
        `tokens, which needs [${oldDown * oldAcross}, heads].`,
    );
  const down = neighbours(from.rows, to.rows);
  const across = neighbours(from.columns, to.columns);
  const values = new Float32Array(down.length * across.length * heads);
  down.forEach((rows, row) => {
    across.forEach((columns, column) => {
      for (let head = 0; head < heads; head += 1) {
        let sum = 0;
        for (const { place: r, weight: byRow } of rows)
          for (const { place: c, weight: byColumn } of columns)
            sum += byRow * byColumn * (table.values[(r * oldAcross + c) * heads + head] ?? Number.NaN);
        values[(row * across.length + column) * heads + head] = sum;
      }
    });
  });
  return { shape: [down.length * across.length, heads], dtype: 'float32', values };
}

/** For every new offset along one side, the two old ones around it and how much of each; what lies beyond is the last. */
function neighbours(from: number, to: number): { place: number; weight: number }[][] {
  const points = from === to ? offsetsOf(from) : spreadOffsets(from, to);
  return offsetsOf(to).map((offset) => {
    const after = points.findIndex((point) => point >= offset);
    if (after === 0) return [{ place: 0, weight: 1 }];
    if (after < 0) return [{ place: points.length - 1, weight: 1 }];
    const [low = 0, high = 0] = points.slice(after - 1);
    const share = (offset - low) / (high - low);
    return [
      { place: after - 1, weight: 1 - share },
      { place: after, weight: share },
    ];
  });
}

const offsetsOf = (side: number): number[] =>
  Array.from({ length: 2 * side - 1 }, (_, place) => place - side + 1);

/** Where the old offsets come to lie: 1, 1 + q, 1 + q + q² … on both sides, with the q that makes them reach the new ends. */
function spreadOffsets(from: number, to: number): number[] {
  const [steps, reach] = [from - 1, to - 1];
  let [low, high, ratio] = [1.01, 1.5, 1];
  while (high - low > 1e-6) {
    ratio = (low + high) / 2;
    if ((1 - ratio ** steps) / (1 - ratio) > reach) high = ratio;
    else low = ratio;
  }
  const distances: number[] = [];
  let distance = 1;
  for (let step = 1; step <= steps; step += 1) {
    distances.push(distance);
    distance += ratio ** step;
  }
  return [...distances.map((d) => -d).reverse(), 0, ...distances];
}
