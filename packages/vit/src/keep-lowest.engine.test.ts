import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import { expect, it } from 'vitest';
import { keepLowest } from './keep-lowest.js';

it('keeps the positions of the lowest noise in ascending order of it, each image by itself', () => {
  tf.tidy(() => {
    const [batch, positions, keep] = [5, 49, 12];
    const noise = createRandom({ seed: 1, step: 0 }).uniform('noise', [batch, positions]) as tf.Tensor2D;
    const kept = keepLowest(noise, keep);
    expect(kept.dtype).toBe('int32');
    expect(kept.arraySync()).toEqual(
      noise.arraySync().map((image) =>
        image
          .map((value, position) => ({ value, position }))
          .sort((one, other) => one.value - other.value)
          .slice(0, keep)
          .map(({ position }) => position),
      ),
    );
  });
});

it('keeps equal noise in the order of the positions, so that masks are the same on every engine', () => {
  tf.tidy(() => {
    const noise = tf.tensor2d([[0.5, 0, 0.5, 0, 0.25, 0.5, 0.5, 0.25, 0]]);
    expect(keepLowest(noise, 7).arraySync()).toEqual([[1, 3, 8, 4, 7, 0, 2]]);
    expect(keepLowest(tf.zeros([1, 40]), 30).arraySync()).toEqual([
      Array.from({ length: 30 }, (_, position) => position),
    ]);
  });
});
