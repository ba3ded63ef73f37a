import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** How often timm's draws fell into each cell; see `fixtures/augmentation-statistics.py`. */
export interface Counts {
  /** The cells by name, where they aren't numbers. */
  readonly names?: readonly string[];
  /** Where the first cell begins and the last one ends; cells are equally wide, and what lies outside is in the outermost. */
  readonly low: number;
  readonly high: number;
  readonly counts: readonly number[];
}

const statistics: Readonly<Record<string, Counts>> = JSON.parse(
  readFileSync(new URL('../fixtures/augmentation-statistics.json', import.meta.url), 'utf8'),
);

export function ofTimm(name: string): Counts {
  const counts = statistics[name];
  if (counts === undefined) throw new Error(`There are no statistics ${name}.`);
  return counts;
}

export const namesOfTimm = Object.keys(statistics);

/** Counts numbers in timm's cells. */
export function countIn({ low, high, counts }: Counts, values: readonly number[]): number[] {
  const cells = new Array<number>(counts.length).fill(0);
  for (const value of values) {
    const place = Math.floor(((value - low) / (high - low)) * cells.length);
    const cell = Math.max(0, Math.min(cells.length - 1, place));
    cells[cell] = (cells[cell] as number) + 1;
  }
  return cells;
}

/**
 * Expects that two samples, counted in the same cells, come from one distribution: by a chi-squared test that refuses one
 * right implementation in a million. The draws have fixed seeds, so the answer is the same each time.
 */
export function expectSameDistribution(ours: readonly number[], theirs: readonly number[]): void {
  const [pooled, references] = withoutSparseCells(ours, theirs);
  const total = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0);
  const ratio = Math.sqrt(total(theirs) / total(ours));
  const chiSquared = pooled.reduce((sum, count, cell) => {
    const reference = references[cell] as number;
    return sum + (count * ratio - reference / ratio) ** 2 / (count + reference);
  }, 0);
  const freedom = pooled.length - 1;
  if (freedom === 0) return;
  // Wilson and Hilferty's approximation of the quantile; 4.753 deviations are one in a million.
  const spread = 2 / (9 * freedom);
  expect(chiSquared).toBeLessThan(freedom * (1 - spread + 4.753 * Math.sqrt(spread)) ** 3);
}

/** Joins neighbours until each cell holds 20, as the approximation of the test needs. */
function withoutSparseCells(ours: readonly number[], theirs: readonly number[]): [number[], number[]] {
  const pooled: [number[], number[]] = [[], []];
  let [one, other] = [0, 0];
  ours.forEach((count, cell) => {
    one += count;
    other += theirs[cell] as number;
    if (one + other < 20) return;
    pooled[0].push(one);
    pooled[1].push(other);
    [one, other] = [0, 0];
  });
  const last = pooled[0].length - 1;
  pooled[0][last] = (pooled[0][last] as number) + one;
  pooled[1][last] = (pooled[1][last] as number) + other;
  return pooled;
}
