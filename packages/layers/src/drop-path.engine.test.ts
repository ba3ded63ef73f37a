import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { dropPath } from './drop-path.js';
import { trainingPass } from './pass.js';
import type { Random } from './random.js';

const noRandom: Random = {
  uniform: () => {
    throw new Error('drawn');
  },
  normal: () => {
    throw new Error('drawn');
  },
  fork: () => noRandom,
};

describe('dropPath', () => {
  it('drops whole samples and scales the others, so that the mean stays', () => {
    const samples = 4000;
    const dropped = dropPath(
      tf.ones([samples, 3]) as tf.Tensor2D,
      0.2,
      trainingPass({ seed: 0, step: 0 }),
    ).arraySync();
    const kept = dropped.filter(([first]) => first !== 0);
    for (const row of dropped) expect(new Set(row).size).toBe(1);
    for (const [value] of kept) expect(value).toBeCloseTo(1 / 0.8, 6);
    const deviation = Math.sqrt(samples * 0.2 * 0.8);
    expect(Math.abs(kept.length - 0.8 * samples)).toBeLessThan(4 * deviation);
  });

  it('drops the same samples for the same seed and step, and others in another step', () => {
    const branch = tf.ones([64, 2, 2, 1]);
    const at = (step: number) =>
      Array.from(dropPath(branch, 0.5, trainingPass({ seed: 3, step })).dataSync());
    expect(at(7)).toEqual(at(7));
    expect(at(7)).not.toEqual(at(8));
  });

  it('hands the branch through in evaluation and at rate 0, and draws nothing', () => {
    const branch = tf.ones([2, 3]);
    expect(dropPath(branch, 0.9, { training: false, random: noRandom })).toBe(branch);
    expect(dropPath(branch, 0, { training: true, random: noRandom })).toBe(branch);
  });

  it('passes gradients to kept samples alone, scaled alike', () => {
    const pass = trainingPass({ seed: 0, step: 0 });
    const branch = tf.ones([16, 2]);
    const gradient = tf.grad((x) => tf.sum(dropPath(x, 0.5, pass)))(branch);
    expect(Array.from(gradient.dataSync())).toEqual(Array.from(dropPath(branch, 0.5, pass).dataSync()));
  });

  it.each([1, -0.1, Number.NaN])('says what is wrong with a rate of %d', (rate) => {
    expect(() => dropPath(tf.ones([1]), rate, trainingPass({ seed: 0, step: 0 }))).toThrow(
      `A drop-path rate is a share of samples from 0 up to but not including 1; ${rate} is not.`,
    );
  });
});
