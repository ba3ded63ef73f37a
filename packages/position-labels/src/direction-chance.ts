import { type Grid, positionCount } from '@whereabouts/layers';
import type { Chance } from './chance.js';

/** The chance level of a head of directions. */
export interface DirectionChance extends Chance {
  /** Nats: the cross-entropy of answering with how often each direction occurs (its entropy). */
  readonly loss: number;
  /** Share, from 0 to 1: the most frequent direction's. */
  readonly accuracy: number;
}

/**
 * The chance level of the head of directions: on a large grid nearly a quarter of all pairs for each diagonal direction.
 *
 * @param length tokens per image, kept at random from the grid; all of them unless given
 * @example
 * ```ts
 * import { directionChance } from '@whereabouts/position-labels';
 *
 * directionChance({ rows: 2, columns: 2 }).accuracy; // => 0.25
 * ```
 */
export function directionChance(grid: Grid, length = positionCount(grid)): DirectionChance {
  const positions = positionCount(grid);
  const self = 1 / length; // every token is once its own key
  const along = (side: number) => [(side * (side - 1)) / 2, side, (side * (side - 1)) / 2]; // before, level, behind
  const shares = along(grid.rows).flatMap((ofRows, down) =>
    along(grid.columns).map((ofColumns, right) => {
      if (down === 1 && right === 1) return self;
      return positions === 1 ? 0 : ((1 - self) * ofRows * ofColumns) / (positions * (positions - 1));
    }),
  );
  return {
    loss: shares.reduce((sum, share) => (share > 0 ? sum - share * Math.log(share) : sum), 0),
    accuracy: Math.max(...shares),
  };
}
