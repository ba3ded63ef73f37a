import { type Grid, positionCount } from '@whereabouts/layers';

/** All that can be drawn: every subset of that many positions, with the offset of every ordered pair of each. */
export function offsetsOfSubsets(grid: Grid, length: number): [number, number][] {
  const subsets = (from: number, size: number): number[][] =>
    size === 0
      ? [[]]
      : Array.from({ length: positionCount(grid) - from }, (_, skip) => from + skip).flatMap((first) =>
          subsets(first + 1, size - 1).map((rest) => [first, ...rest]),
        );
  const place = (position: number) => [Math.floor(position / grid.columns), position % grid.columns] as const;
  return subsets(0, length).flatMap((subset) =>
    subset.flatMap((query) =>
      subset.map((key): [number, number] => [
        place(query)[0] - place(key)[0],
        place(query)[1] - place(key)[1],
      ]),
    ),
  );
}
