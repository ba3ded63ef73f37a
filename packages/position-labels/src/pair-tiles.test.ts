import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pairTiles } from './pair-tiles.js';

it('holds every query of every image once, in order, in tiles within the limit', () => {
  const sizes = fc.record({
    batch: fc.integer({ min: 1, max: 9 }),
    length: fc.integer({ min: 1, max: 30 }),
    pairs: fc.integer({ min: 0, max: 3000 }),
  });
  fc.assert(
    fc.property(sizes, ({ batch, length, pairs }) => {
      const met = Array.from({ length: batch }, () => 0); // queries met so far, by image
      for (const { images, queries } of pairTiles({ batch, length, pairs }))
        for (const { begin, size } of queries) {
          expect(size).toBeGreaterThan(0);
          expect(images.size * size * length <= pairs || (images.size === 1 && size === 1)).toBe(true);
          for (let image = images.begin; image < images.begin + images.size; image += 1) {
            expect(met[image]).toBe(begin);
            met[image] = begin + size;
          }
        }
      expect(met).toEqual(met.map(() => length));
    }),
  );
});

it('cuts at most two different sizes', () => {
  const sizes = new Set(
    pairTiles({ batch: 1, length: 196, pairs: 5753 }).flatMap(({ queries }) =>
      queries.map(({ size }) => size),
    ),
  );
  expect([...sizes].sort()).toEqual([28]);
});
