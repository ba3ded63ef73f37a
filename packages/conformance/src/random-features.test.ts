import '@tensorflow/tfjs';
import { positionCount } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { exampleSpecs } from './example-specs.js';
import { randomFeatures } from './random-features.js';

/** Tokens and whether their position was given, by image and position. */
function byPosition(order: number, batchSize = 3) {
  return exampleSpecs.map((spec) => {
    const { stages, pooled } = randomFeatures({ spec, batchSize, order });
    return {
      pooled: pooled?.arraySync(),
      stages: stages.map(({ tokens, positions, positionGiven }) => {
        const [places, vectors, given] = [
          positions.arraySync(),
          tokens.arraySync(),
          positionGiven?.arraySync(),
        ];
        return places.map(
          (row, image) =>
            new Map(row.map((place, token) => [place, [vectors[image]?.[token], given?.[image]?.[token]]])),
        );
      }),
    };
  });
}

describe('randomFeatures', () => {
  it('has the shapes of its spec, and each position at most once', () => {
    for (const spec of exampleSpecs) {
      const { stages, pooled, distilled } = randomFeatures({ spec, batchSize: 2 });
      expect(pooled?.shape).toEqual(spec.pooled === 0 ? undefined : [2, spec.pooled]);
      expect(distilled?.shape).toEqual(spec.distilled === undefined ? undefined : [2, spec.distilled]);
      expect(stages.map(({ tokens }) => tokens.shape)).toEqual(
        spec.stages.map(({ length, channels }) => [2, length, channels]),
      );
      stages.forEach(({ positions, grid }) => {
        for (const row of positions.arraySync()) {
          expect(new Set(row).size).toBe(row.length);
          expect(Math.max(...row)).toBeLessThan(positionCount(grid));
        }
      });
    }
  });

  it('hands over the same tokens at the same positions in another order', () => {
    expect(byPosition(1)).toEqual(byPosition(0));
    const [spec] = exampleSpecs;
    if (spec === undefined) throw new Error('There is no example.');
    const rows = (order: number) =>
      randomFeatures({ spec, batchSize: 2, order }).stages[0]?.positions.arraySync();
    expect(rows(0)).not.toEqual(rows(1));
    expect(rows(0)).toEqual(rows(0));
    expect(rows(0)?.[0]).not.toEqual(rows(0)?.[1]);
  });
});
