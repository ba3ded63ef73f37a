import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRandom } from './random.js';

const origin = { seed: 7, step: 11 };
const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

describe('createRandom', () => {
  // On every engine the same bits; see stream.test.ts before changing a number.
  it('gives these tensors, bit for bit', () => {
    const random = createRandom(origin).fork('mask');
    expect(values(random.uniform('noise', [2, 2]))).toEqual([
      0.03871273994445801, 0.3605877757072449, 0.6086689233779907, 0.9413082599639893,
    ]);
    expect(values(random.normal('noise', [2, 2]))).toEqual([
      -0.48902156949043274, 1.7721019983291626, 0.06694167107343674, -0.30795717239379883,
    ]);
  });

  it('makes float32 tensors of the shape, scalars and empty ones too', () => {
    const random = createRandom(origin);
    for (const shape of [[], [0], [3], [2, 3, 4]]) {
      expect(random.uniform('a', shape).shape).toEqual(shape);
      expect(random.normal('a', shape).dtype).toBe('float32');
    }
  });

  it('gives the same for the same name, however often and in whatever order', () => {
    const random = createRandom(origin);
    const first = values(random.uniform('a', [3]));
    random.uniform('b', [3]);
    expect(values(random.uniform('a', [3]))).toEqual(first);
  });

  it('gives others for another seed, step, name, fork or distribution', () => {
    const drawn = [
      createRandom({ seed: 7, step: 11 }).uniform('a', [3]),
      createRandom({ seed: 8, step: 11 }).uniform('a', [3]),
      createRandom({ seed: 7, step: 12 }).uniform('a', [3]),
      createRandom({ seed: 11, step: 7 }).uniform('a', [3]),
      createRandom({ seed: 7, step: 11 }).uniform('b', [3]),
      createRandom({ seed: 7, step: 11 }).fork('a').uniform('a', [3]),
      createRandom({ seed: 7, step: 11 }).fork('b').uniform('a', [3]),
      createRandom({ seed: 7, step: 11 }).normal('a', [3]),
    ].map((tensor) => values(tensor).join());
    expect(new Set(drawn).size).toBe(drawn.length);
  });

  it('begins a larger draw with the values of a smaller one', () => {
    const random = createRandom(origin);
    expect(values(random.uniform('a', [4, 3])).slice(0, 6)).toEqual(values(random.uniform('a', [2, 3])));
  });
});
