import type { Grid } from '@whereabouts/layers';
import type { StageTokens } from './read-stage-tokens.js';

/** What an image of one colour shows without any learning: tokens that differ there know something of their place. */
export interface AlikeTokens {
  /** How many tokens there are. */
  readonly tokens: number;
  /** How many of them are like the innermost one, itself included. */
  readonly alike: number;
  /** How deep the others reach into the grid, in cells: 1 if all lie on the border; 0 if there are no others. */
  readonly depth: number;
}

// Of the largest channel: float32 loses a millionth in the sums of a few blocks, encodings make hundredths.
const tolerance = 1e-3;

/** Compares the tokens of the first image with the innermost one. */
export async function alikeTokens({ tokens, positions, grid }: StageTokens): Promise<AlikeTokens> {
  const [, length, channels] = tokens.shape;
  const values = Array.from((await tokens.data()).slice(0, length * channels));
  const depths = Array.from((await positions.data()).slice(0, length), (place) => depthOf(place, grid));
  const scale = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const innermost = depths.indexOf(Math.max(...depths));
  const vector = (token: number) => values.slice(token * channels, (token + 1) * channels);
  const wanted = vector(innermost);
  const others = depths.filter((_, token) =>
    vector(token).some((value, channel) => Math.abs(value - (wanted[channel] ?? 0)) > tolerance * scale),
  );
  return { tokens: length, alike: length - others.length, depth: Math.max(0, ...others) };
}

/** 1 on the border, 2 one cell within, and so on. */
function depthOf(position: number, { rows, columns }: Grid): number {
  const row = Math.floor(position / columns);
  const column = position % columns;
  return 1 + Math.min(row, column, rows - 1 - row, columns - 1 - column);
}

/** Whether the tokens that differ lie along the border, and several within are alike: as padding makes them. */
export function followsBorder({ tokens, alike, depth }: AlikeTokens, grid: Grid): boolean {
  const innermost = Math.ceil(Math.min(grid.rows, grid.columns) / 2);
  return alike > 1 && alike < tokens && depth < innermost;
}
