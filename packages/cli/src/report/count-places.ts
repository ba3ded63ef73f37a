import { type Grid, positionCount } from '@whereabouts/layers';
import type { PositionJudgement } from '@whereabouts/report';

/** Counts where tokens were placed as batches come. */
export interface PlaceCount {
  /** @param positions of the tokens in the raster of the grid; `answers` are the places that the model gave them */
  readonly add: (positions: ArrayLike<number>, answers: ArrayLike<number>) => void;
  readonly places: () => Pick<PositionJudgement, 'cells' | 'distances' | 'guesses'>;
}

/** Counts how tokens were placed on a grid. */
export function countPlaces(grid: Grid): PlaceCount {
  const length = positionCount(grid);
  const sums = Array.from({ length }, () => ({ tokens: 0, right: 0, row: 0, column: 0 }));
  const distances = new Array<number>(1 + distance(0, length - 1, grid)).fill(0);
  return {
    add: (positions, answers) => {
      for (let token = 0; token < positions.length; token += 1) {
        const [truth, answer] = [positions[token] as number, answers[token] as number];
        const cell = sums[truth] as (typeof sums)[0];
        cell.tokens += 1;
        cell.right += Number(truth === answer);
        cell.row += Math.floor(answer / grid.columns);
        cell.column += answer % grid.columns;
        const off = distance(truth, answer, grid);
        distances[off] = (distances[off] as number) + 1;
      }
    },
    places: () => ({
      cells: sums.map(({ tokens, right, row, column }) => ({
        ...{ tokens, right },
        row: row / Math.max(1, tokens),
        column: column / Math.max(1, tokens),
      })),
      distances,
      guesses: guessesOf(grid, distances.length),
    }),
  };
}

/** How far apart two positions are, in whole cells. */
function distance(one: number, other: number, { columns }: Grid): number {
  const down = Math.floor(one / columns) - Math.floor(other / columns);
  return Math.round(Math.hypot(down, (one % columns) - (other % columns)));
}

/** How often each distance comes about when every token and every place is equally likely. */
function guessesOf(grid: Grid, count: number): readonly number[] {
  const length = positionCount(grid);
  const shares = new Array<number>(count).fill(0);
  for (let one = 0; one < length; one += 1)
    for (let other = 0; other < length; other += 1) {
      const off = distance(one, other, grid);
      shares[off] = (shares[off] as number) + 1 / length ** 2;
    }
  return shares;
}
