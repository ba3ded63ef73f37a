import * as tf from '@tensorflow/tfjs-core';
import { stream } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import type { FeatureTable } from './feature-table.js';
import { linearProbe } from './linear-probe.js';
import { standardised } from './standardised.js';

/** Three classes around centres of their own, in channels of very different scale. */
function clusters(name: string, length: number, spread: number): FeatureTable {
  const random = stream(5, name);
  const classes = Int32Array.from({ length }, () => random.integer(3));
  const values = Float32Array.from({ length: length * 4 }, (_, index) => {
    const channel = index % 4;
    const centre = classes[Math.floor(index / 4)] === channel ? 2 : 0;
    return 100 + 10 ** channel * (centre + spread * random.normal());
  });
  return { length, channels: 4, values, classes };
}

describe('linearProbe', () => {
  it('tells apart what planes can, and nothing where there is nothing to tell', async () => {
    const before = tf.memory().numTensors;
    const found = await linearProbe({
      known: clusters('a', 90, 0.3),
      asked: clusters('b', 60, 0.3),
      epochs: 30,
    });
    expect(found.accuracy).toBeGreaterThan(0.95);
    const noise = { ...clusters('c', 90, 0.3), classes: clusters('d', 90, 0.3).classes };
    const blind = await linearProbe({
      known: noise,
      asked: { ...clusters('e', 60, 0.3), classes: clusters('f', 60, 1).classes },
      epochs: 30,
    });
    expect(blind.accuracy).toBeLessThan(0.55);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('gives the same for the same seed', async () => {
    const [known, asked] = [clusters('a', 40, 1), clusters('b', 40, 1)];
    const runs = [1, 1, 2].map((seed) => linearProbe({ known, asked, epochs: 3, seed, batchSize: 8 }));
    const [first, second, other] = await Promise.all(runs);
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('says when features do not fit', async () => {
    const known = clusters('a', 4, 1);
    await expect(linearProbe({ known, asked: { ...known, channels: 2 } })).rejects.toThrow(
      '4 and 2 channels',
    );
  });
});

describe('standardised', () => {
  it('gives the reference mean 0 and variance 1, and moves others alike', () => {
    const reference = clusters('a', 50, 1);
    const [own, shifted] = standardised(reference, [
      reference,
      { ...reference, values: reference.values.map((value) => value + 1) },
    ]) as [FeatureTable, FeatureTable];
    for (let channel = 0; channel < 4; channel += 1) {
      const column = Array.from(own.values.filter((_, index) => index % 4 === channel));
      const mean = column.reduce((sum, value) => sum + value, 0) / 50;
      expect(mean).toBeCloseTo(0, 4);
      expect(column.reduce((sum, value) => sum + value ** 2, 0) / 50).toBeCloseTo(1, 4);
      const steps = column.map((value, row) => (shifted.values[row * 4 + channel] ?? 0) - value);
      expect(Math.max(...steps) - Math.min(...steps)).toBeLessThan(1e-3);
    }
  });
});
