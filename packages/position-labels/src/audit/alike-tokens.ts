import { type Grid, positionCount } from '@whereabouts/layers';
import type { StageTokens } from './read-stage-tokens.js';

/** What a constant image shows without any learning: tokens that differ there know something of their place. */
export interface AlikeTokens {
  /** Positions of the grid whose tokens are all alike: the most that there are. */
  readonly alike: number;
  /** Of all others: how many cells the innermost of them is away from the border, counted from 1; 0 where there are none. */
  readonly depth: number;
}

// Of the largest channel: float32 loses a millionth in the sums of a few blocks, encodings make hundredths.
const tolerance = 1e-3;

/** Compares the tokens of the first image at all positions. */
export async function alikeTokens({ tokens, positions, grid }: StageTokens): Promise<AlikeTokens> {
  const [, length, channels] = tokens.shape;
  const values = Array.from((await tokens.data()).slice(0, length * channels));
  const places = Array.from((await positions.data()).slice(0, length));
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const equal = (first: number, second: number) => {
    for (let channel = 0; channel < channels; channel += 1) {
      const difference =
        (values[first * channels + channel] ?? 0) - (values[second * channels + channel] ?? 0);
      if (Math.abs(difference) > tolerance * scale) return false;
    }
    return true;
  };
  const groups: number[][] = [];
  for (let token = 0; token < length; token += 1) {
    const group = groups.find(([first]) => first !== undefined && equal(first, token));
    if (group === undefined) groups.push([token]);
    else group.push(token);
  }
  const largest = groups.reduce((most, group) => (group.length > most.length ? group : most), []);
  const others = groups.filter((group) => group !== largest).flat();
  return {
    alike: largest.length,
    depth: Math.max(0, ...others.map((token) => fromBorder(places[token] ?? 0, grid))),
  };
}

/** 1 on the border, 2 one cell within, and so on. */
function fromBorder(position: number, { rows, columns }: Grid): number {
  const row = Math.floor(position / columns);
  const column = position % columns;
  return 1 + Math.min(row, column, rows - 1 - row, columns - 1 - column);
}

/** Whether the tokens that differ lie along the border, and the inner ones are alike: as padding makes them. */
export function followsBorder({ alike, depth }: AlikeTokens, grid: Grid): boolean {
  const innermost = Math.ceil(Math.min(grid.rows, grid.columns) / 2);
  return alike > 1 && alike < positionCount(grid) && depth < innermost;
}
