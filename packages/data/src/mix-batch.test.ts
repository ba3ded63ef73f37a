import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { batchMixer, mixBatch } from './mix-batch.js';
import type { Mix } from './mixing.js';
import type { Box } from './view.js';

interface Reference {
  readonly images: readonly number[];
  readonly classes: readonly number[];
  readonly cases: readonly {
    readonly lambda: number;
    readonly box?: Box;
    readonly images: readonly number[];
    readonly targets: readonly number[];
  }[];
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../fixtures/mixed-batches.json', import.meta.url), 'utf8'),
);
const size = { height: 5, width: 6 };
const fresh = () =>
  ({
    images: { shape: [4, 5, 6, 3], dtype: 'float32', values: Float32Array.from(reference.images) },
    classes: { shape: [4], dtype: 'int32', values: Int32Array.from(reference.classes) },
  }) as const;

const near = (value: number) => expect.closeTo(value, 5); // less than 5e-6 away

/** Box and lambda of a case; timm has lambda from the box. */
function mixOf({ lambda, box }: Reference['cases'][number]): Mix {
  if (box === undefined) return { box: { left: 0, top: 0, ...size }, kept: lambda, lambda };
  return { box, kept: 0, lambda: 1 - (box.width * box.height) / 30 };
}

describe('mixBatch', () => {
  it.each(reference.cases)('gives what timm gives: lambda $lambda, box $box', (expected) => {
    const { images, classes, targets } = mixBatch(fresh(), 5, mixOf(expected));
    expect(images?.shape).toEqual([4, 5, 6, 3]);
    expect(Array.from(images?.values ?? [])).toEqual(expected.images.map(near));
    expect([targets?.shape, targets?.dtype]).toEqual([[4, 5], 'float32']);
    expect(Array.from(targets?.values ?? [])).toEqual(expected.targets.map(near));
    expect(classes).toEqual(fresh().classes);
  });

  it('leaves the middle image of an odd batch as it is', () => {
    const batch = {
      images: { shape: [3, 1, 1, 3], dtype: 'float32', values: Float32Array.of(0, 0, 0, 4, 5, 6, 8, 8, 8) },
      classes: { shape: [3], dtype: 'int32', values: Int32Array.of(0, 1, 2) },
    } as const;
    const mix = { box: { left: 0, top: 0, width: 1, height: 1 }, kept: 0.75, lambda: 0.75 };
    const { images, targets } = mixBatch(batch, 3, mix);
    expect(Array.from(images?.values ?? [])).toEqual([2, 2, 2, 4, 5, 6, 6, 6, 6]);
    expect(Array.from(targets?.values ?? [])).toEqual([0.75, 0, 0.25, 0, 1, 0, 0.25, 0, 0.75]);
  });
});

describe('batchMixer', () => {
  const mixed = (mixing: Parameters<typeof batchMixer>[0], seed = 1, epoch = 2, number = 3) =>
    batchMixer(mixing, seed)(fresh(), { epoch, number });
  const both = { classes: 5, mixup: 0.8, cutmix: 1 };

  it('depends on seed, epoch and number of the batch alone, and on each of them', () => {
    expect(mixed(both)).toEqual(mixed(both));
    for (const other of [mixed(both, 0), mixed(both, 1, 0), mixed(both, 1, 2, 0)])
      expect(other).not.toEqual(mixed(both));
  });

  it('hands over targets where it mixes nothing', () => {
    for (const batch of [mixed({ ...both, probability: 0 }), mixed({ ...both, offEpoch: 2 })]) {
      expect(batch.images).toEqual(fresh().images);
      expect(Array.from(batch.targets?.values ?? [])).toEqual(
        reference.classes.flatMap((label) => [0, 1, 2, 3, 4].map((each) => (each === label ? 1 : 0))),
      );
    }
    expect(mixed({ ...both, offEpoch: 3 })).toEqual(mixed(both));
  });

  it('gives targets that sum to 1', () => {
    for (let number = 0; number < 50; number += 1) {
      const values = Array.from(mixed(both, 1, 0, number).targets?.values ?? []);
      for (let row = 0; row < 4; row += 1) {
        const sum = values.slice(row * 5, row * 5 + 5).reduce((total, value) => total + value, 0);
        expect(sum).toBeCloseTo(1, 6);
      }
    }
  });
});
