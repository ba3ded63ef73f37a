import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keptCount } from './kept-count.js';

const kept = (ratio: number, patches: number) => keptCount('keepRatio', ratio, patches);
const patches = fc.integer({ min: 1, max: 4096 });

describe('keptCount', () => {
  it('keeps k of n patches when the share is written as k / n, or as hundredths that make a whole number', () => {
    fc.assert(
      fc.property(
        patches.chain((n) => fc.tuple(fc.integer({ min: 1, max: n }), fc.constant(n))),
        ([k, n]) => kept(k / n, n) === k,
      ),
    );
    for (let hundredths = 1; hundredths <= 100; hundredths += 1)
      for (const hundreds of [1, 2, 3, 7])
        expect(kept(Number(`${hundredths}e-2`), 100 * hundreds)).toBe(hundredths * hundreds);
  });

  it('otherwise rounds down', () => {
    fc.assert(
      fc.property(patches, fc.integer({ min: 1, max: 1000 }), (n, thousandths) => {
        const exact = Math.floor((thousandths * n) / 1000); // of whole numbers, so without an error
        fc.pre(exact >= 1);
        expect(kept(thousandths / 1000, n)).toBe(exact);
      }),
    );
  });

  it("equals MAE's int(L * (1 - mask_ratio)) for its own ratio", () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 4096 }), (n) => kept(0.25, n) === Math.trunc(n * (1 - 0.75))),
    );
  });

  it('refuses a share out of range, and one that keeps nothing', () => {
    for (const ratio of [0, -0.1, 1.01, Number.NaN])
      expect(() => kept(ratio, 16)).toThrow(`keepRatio is ${ratio}, but is a share of the patches`);
    expect(() => kept(0.05, 16)).toThrow(
      'keepRatio 0.05 keeps none of the 16 patches; a share of 0.063 keeps one.',
    );
  });
});
