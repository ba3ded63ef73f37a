import '@tensorflow/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import type { Head } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { toyBackbone, toyBatches } from '../testing/toy.js';
import { joint } from './joint.js';
import { train } from './train.js';
import type { TrainOptions } from './train-options.js';

/** A head whose loss is the scalar that it reads, or 7. */
const reader: Head<unknown, tf.Tensor> = {
  needs: {},
  variables: {},
  scalars: { sigma: 7 },
  apply: ({ stages }) => stages[0]?.tokens as tf.Tensor,
  loss: ({ stages }, _batch, { scalars }) => ({
    loss: tf.add(scalars?.sigma ?? 7, tf.mul(0, tf.sum(stages[0]?.tokens as tf.Tensor))) as tf.Scalar,
  }),
};

async function lossesWith(scalars?: TrainOptions['scalars']): Promise<(number | undefined)[]> {
  await tf.setBackend('cpu');
  const losses: (number | undefined)[] = [];
  await train({
    objective: joint(toyBackbone(0), { reader }),
    batches: toyBatches(3),
    epochs: 1,
    learningRate: 0,
    ...(scalars === undefined ? {} : { scalars }),
    callbacks: [{ onStep: ({ metrics }) => void losses.push(metrics['reader.loss']) }],
  });
  return losses;
}

describe('the scalars of a training', () => {
  it('follow their schedule, by the path of the part that reads them', async () => {
    expect(await lossesWith({ 'heads.reader.sigma': (step) => 1 - step / 4 })).toEqual([1, 0.75, 0.5]);
    expect(await lossesWith({ 'heads.reader.sigma': 2 })).toEqual([2, 2, 2]);
  });

  it('are what the part says where the training gives none', async () => {
    expect(await lossesWith()).toEqual([7, 7, 7]);
  });

  it('are refused where no part reads them', async () => {
    await expect(lossesWith({ 'heads.reader.sigm': 1 })).rejects.toThrow(
      'The scalar "heads.reader.sigm" is read by no part; there are heads.reader.sigma.',
    );
  });
});
