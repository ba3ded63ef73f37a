import { type Grid, positionCount } from '@whereabouts/layers';
import { offsetGrid } from './relative-labels.js';

/** What a head reaches that has learned nothing from the images: for every metric, the best constant answer's value. */
export interface Chance extends Readonly<Record<string, number>> {
  readonly loss: number;
}

/** The chance level of a head whose classes are places of a raster. */
export interface PlaceChance extends Chance {
  /** Nats: the cross-entropy of answering with how often each label occurs (its entropy). */
  readonly loss: number;
  /** Share, from 0 to 1: the most frequent label's. */
  readonly accuracy: number;
  /** Share, from 0 to 1: of always answering with the raster's centre. */
  readonly withinOne: number;
  /** Cells: of always answering with the raster's centre. */
  readonly distance: number;
}

// Both rasters are symmetric and their labels no rarer towards the centre, so the centre is the best constant answer.
function chanceOf(frequency: (row: number, column: number) => number, grid: Grid): PlaceChance {
  const centre = { row: Math.floor((grid.rows - 1) / 2), column: Math.floor((grid.columns - 1) / 2) };
  let [loss, accuracy, withinOne, distance] = [0, 0, 0, 0];
  for (let row = 0; row < grid.rows; row += 1)
    for (let column = 0; column < grid.columns; column += 1) {
      const share = frequency(row, column);
      const [down, right] = [Math.abs(row - centre.row), Math.abs(column - centre.column)];
      if (share > 0) loss -= share * Math.log(share);
      accuracy = Math.max(accuracy, share);
      if (down <= 1 && right <= 1) withinOne += share;
      distance += share * Math.hypot(down, right);
    }
  return { loss, accuracy, withinOne, distance };
}

/**
 * The chance level of the absolute head: every position is equally frequent, also among randomly kept tokens.
 *
 * @example
 * ```ts
 * import { absoluteChance } from '@whereabouts/position-labels';
 *
 * absoluteChance({ rows: 4, columns: 4 }).accuracy; // => 0.0625
 * ```
 */
export function absoluteChance(grid: Grid): PlaceChance {
  return chanceOf(() => 1 / positionCount(grid), grid);
}

/**
 * The chance level of the relative head: short offsets are more frequent than long ones.
 *
 * @param length tokens per image, kept at random from the grid; all of them unless given
 * @example
 * ```ts
 * import { relativeChance } from '@whereabouts/position-labels';
 *
 * relativeChance({ rows: 8, columns: 8 }).loss.toFixed(3); // => '5.133'
 * ```
 */
export function relativeChance(grid: Grid, length = positionCount(grid)): PlaceChance {
  const positions = positionCount(grid);
  const self = 1 / length; // every token is once its own key
  return chanceOf((row, column) => {
    const [down, right] = [Math.abs(row - grid.rows + 1), Math.abs(column - grid.columns + 1)];
    if (down === 0 && right === 0) return self;
    return ((1 - self) * (grid.rows - down) * (grid.columns - right)) / (positions * (positions - 1));
  }, offsetGrid(grid));
}
