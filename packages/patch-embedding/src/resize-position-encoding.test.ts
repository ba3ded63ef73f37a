import { readFileSync } from 'node:fs';
import type { Grid } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { resizePositionEncoding } from './resize-position-encoding.js';

interface Case {
  readonly from: Grid;
  readonly to: Grid;
  readonly prefix: number;
  readonly channels: number;
  readonly encoding: readonly number[];
  readonly expected: readonly number[];
}

const file = new URL('../fixtures/resized-encodings.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: Case[] };
const titled = cases.map((one): [string, Case] => [
  `${one.from.rows} x ${one.from.columns} to ${one.to.rows} x ${one.to.columns}, prefix ${one.prefix}`,
  one,
]);
const encodingOf = ({ encoding, channels }: Case) => ({
  shape: [encoding.length / channels, channels],
  dtype: 'float32' as const,
  values: Float32Array.from(encoding),
});

describe('resizePositionEncoding', () => {
  it.each(titled)("equals PyTorch's antialiased bicubic interpolation: %s", (_, one) => {
    const resized = resizePositionEncoding(encodingOf(one), one);
    expect(resized.shape).toEqual([one.prefix + one.to.rows * one.to.columns, one.channels]);
    const worst = Math.max(
      ...Array.from(resized.values, (value, index) => Math.abs(value - (one.expected[index] ?? Number.NaN))),
    );
    expect(worst).toBeLessThan(1e-6);
  });

  it('leaves an encoding alone that already fits, bit by bit', () => {
    const [, one] = titled[0] as [string, Case];
    const encoding = encodingOf(one);
    expect(resizePositionEncoding(encoding, { from: one.from, to: one.from, prefix: 1 }).values).toEqual(
      encoding.values,
    );
  });

  it('refuses an encoding of another grid', () => {
    const encoding = { shape: [17, 2], dtype: 'float32', values: new Float32Array(34) } as const;
    const grid = { rows: 4, columns: 4 };
    expect(() => resizePositionEncoding(encoding, { from: grid, to: grid, prefix: 0 })).toThrow(
      "A position encoding of shape [17,2] doesn't belong to a grid of 4 x 4 with 0 rows before it, which needs [16, channels].",
    );
  });
});
