import { type Grid, positionCount } from '@whereabouts/layers';
import type { Chance } from './chance.js';

/** The chance level of a head that regresses offsets. */
export interface OffsetChance extends Chance {
  /** In the unit of the loss: the mean absolute error of always answering with the median offset. */
  readonly loss: number;
  /** Cells: the same. */
  readonly error: number;
}

/** How often two tokens of an image, drawn with replacement, are so many cells apart along one side of the grid. */
function sharesOfOffsets(side: number, grid: Grid, length: number): number[] {
  const positions = positionCount(grid);
  const self = 1 / length;
  const across = (positions / side) ** 2; // pairs of places along the other side
  return Array.from({ length: side }, (_, offset) => {
    const pairs = (offset === 0 ? side : 2 * (side - offset)) * across - (offset === 0 ? positions : 0);
    const apart = positions === 1 ? 0 : ((1 - self) * pairs) / (positions * (positions - 1));
    return apart + (offset === 0 ? self : 0);
  });
}

/** The least mean absolute error that a constant answer reaches, which is the median's. */
function errorOfMedian(shares: readonly number[]): number {
  const errors = shares.map((_, answer) =>
    shares.reduce((sum, share, offset) => sum + share * Math.abs(offset - answer), 0),
  );
  return Math.min(...errors);
}

/**
 * The chance level of the head of offsets: the mean over rows and columns.
 *
 * @param options.unit of the loss, as the head has it; cells unless given
 * @param options.length tokens per image, kept at random from the grid; all of them unless given
 * @example
 * ```ts
 * import { offsetChance } from '@whereabouts/position-labels';
 *
 * offsetChance({ rows: 2, columns: 2 }); // => { "loss": 0.5, "error": 0.5 }
 * ```
 */
export function offsetChance(
  grid: Grid,
  options: { readonly unit?: 'cells' | 'side'; readonly length?: number } = {},
): OffsetChance {
  const { unit = 'cells', length = positionCount(grid) } = options;
  const sides = [grid.rows, grid.columns];
  const errors = sides.map((side) => errorOfMedian(sharesOfOffsets(side, grid, length)));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const inSides = errors.map((error, axis) => error / (sides[axis] ?? 1));
  return { loss: mean(unit === 'side' ? inSides : errors), error: mean(errors) };
}
