import * as tf from '@tensorflow/tfjs';
import { type FeatureSpec, type Head, type HeadLoss, operation } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { tinyHead } from '../testing/tiny-head.js';
import { checkHead } from './check-head.js';

type TinyHead = Head<unknown, tf.Tensor3D>;

/** What changes in a head that keeps every promise. */
type Change = (good: TinyHead, spec: FeatureSpec) => Partial<TinyHead>;

const withLoss =
  (change: (loss: HeadLoss, ...given: Parameters<TinyHead['loss']>) => Partial<HeadLoss>): Change =>
  (good) => ({
    loss: (...given) => {
      const loss = good.loss(...given);
      return { ...loss, ...change(loss, ...given) };
    },
  });

const uphill = operation((x) => ({
  value: x.clone(),
  saved: [],
  gradient: (upstream) => [tf.neg(upstream)],
}));

describe('a head that breaks one promise', () => {
  const cases: Record<string, [Change, string]> = {
    'a need that it does not enforce': [
      () => ({ needs: { pooled: true } }),
      'a factory refuses the specs that do not meet its needs, and no others. Expected an error, since the head needs a pooled vector (a class token or an average), but the backbone pools nothing; found a head.',
    ],
    'a need of a distilled vector that it does not enforce': [
      () => ({ needs: { distilled: true } }),
      'a factory refuses the specs that do not meet its needs, and no others. Expected an error, since the head needs a distilled vector (a distillation token), but the backbone hands over none; found a head.',
    ],
    'a refusal that `needs` does not explain': [
      (_good, spec) => {
        if (spec.pooled === 0) throw new Error('The head needs a pooled vector, but there is none.');
        return {};
      },
      'a factory refuses the specs that do not meet its needs, and no others. Expected a head, since `needs` asks for nothing that a spec of 15 tokens of 8 channels on 3 x 5, pooled 0, encoding none lacks; found the error "The head needs a pooled vector, but there is none.".',
    ],
    'a refusal that only the grid of `needs` would explain': [
      (_good, spec) => {
        if (spec.pooled === 0) throw new Error('The head does not like vectors that are missing.');
        return { needs: { grid: { rows: 4, columns: 4 }, pooled: spec.pooled } };
      },
      "a factory refuses the specs that do not meet its needs, and no others. Expected an error, since the head needs a grid of 4 x 4 (rows x columns), for which it was made, but the backbone's is 3 x 5; found a head.",
    ],
    'a refusal without a sentence': [
      (_good, spec) => {
        if (spec.pooled === 0) throw new TypeError('Cannot read properties of undefined (reading weight)');
        return { needs: { pooled: true } };
      },
      'a refusal says in a sentence what is missing. Expected something like "The head needs a pooled vector (a class token or an average), but the backbone pools nothing."; found TypeError "Cannot read properties of undefined (reading weight)".',
    ],
    'a need that it does not state': [
      withLoss(({ loss }, { pooled }) => ({ loss: tf.add(loss, tf.mul(0, tf.sum(pooled as tf.Tensor2D))) })),
      'a head runs on every spec that meets its needs. Expected no error on a spec of 15 tokens of 8 channels on 3 x 5, pooled 0, encoding none; found ',
    ],
    'features that are disposed': [
      withLoss((_loss, { stages }) => {
        stages[0]?.tokens.dispose();
        return {};
      }),
      'a pass disposes nothing that it was given. Expected the input to live on, since the caller may need it; found 0.stages.0.tokens disposed.',
    ],
    'a loss for each image': [
      withLoss(({ loss }) => ({ loss: tf.expandDims(loss) as unknown as tf.Scalar })),
      'losses and metrics are scalars. Expected loss [] float32; found [1] float32.',
    ],
    'a metric that counts': [
      withLoss(() => ({ metrics: { right: tf.scalar(3, 'int32') } })),
      'losses and metrics are scalars. Expected metrics.right [] float32; found [] int32.',
    ],
    'metrics in evaluation alone': [
      withLoss(({ metrics = {} }, _features, _batch, pass) => ({ metrics: pass.training ? {} : metrics })),
      'losses and metrics always have the same names. Expected loss, as in training; found loss, metrics.accuracy in evaluation.',
    ],
    'labels by the order of tokens': [
      withLoss(({ loss }, { stages }) => ({
        loss: tf.add(loss, tf.mean(tf.slice(stages.at(-1)?.tokens as tf.Tensor3D, [0, 0, 0], [-1, 1, -1]))),
      })),
      'permuting tokens and positions together changes no loss. Expected the loss and metrics of the same tokens in another order (labels come from `positions`); found loss to differ by ',
    ],
    'no gradient to the features': [
      withLoss(({ loss }, { stages }) => ({
        loss: tf.add(loss, tf.mul(0, tf.sum(tf.topk(stages.at(-1)?.tokens as tf.Tensor3D, 1).values))),
      })),
      'a head lets gradients through to the features. Expected a gradient; found ',
    ],
    'a gradient to the features that is not finite': [
      withLoss(({ loss }, { stages }) => {
        const { tokens } = stages.at(-1) as { tokens: tf.Tensor3D };
        return { loss: tf.add(loss, tf.sum(tf.sqrt(tf.mul(tokens, 0)))) };
      }),
      'a head lets gradients through to the features. Expected finite numbers; found ',
    ],
    'a sum over the images': [
      withLoss(({ loss }, { stages }) => ({ loss: tf.mul(loss, stages[0]?.tokens.shape[0] ?? 0) })),
      'losses and metrics are means over the images. Expected the same for a batch that holds each image twice; found loss to differ by 1.0 of its largest value.',
    ],
    'a metric that is a sum': [
      withLoss(({ metrics = {} }, { stages }) => ({
        metrics: { ...metrics, images: tf.scalar(stages[0]?.tokens.shape[0] ?? 0) },
      })),
      'losses and metrics are means over the images. Expected the same for a batch that holds each image twice; found metrics.images to differ by 1.0 of its largest value.',
    ],
    'a table that is made in a pass': [
      withLoss(({ loss }) => ({ loss: tf.add(loss, tf.mean(tf.tensor1d([1, 2, 3]))) as tf.Scalar })),
      'a pass computes with its input, its variables and pass.random alone.',
    ],
    'a loss that cannot fall': [
      withLoss(({ loss }) => ({ loss: uphill(loss) as tf.Scalar })),
      'the loss falls when the head alone is trained. Expected less than ',
    ],
    'a draw in evaluation, of the loss': [
      withLoss(({ loss }, _features, _batch, pass) => ({
        loss: tf.add(loss, tf.mul(pass.random.uniform('jitter', []), 0)),
      })),
      'evaluation draws nothing from pass.random. Expected no draw where pass.training is false; found jitter (uniform).',
    ],
    'a draw in evaluation, of the prediction': [
      (good) => ({
        apply: (features, pass) =>
          tf.add(good.apply(features, pass), tf.mul(pass.random.uniform('jitter', []), 0)),
      }),
      'evaluation draws nothing from pass.random. Expected no draw where pass.training is false; found jitter (uniform).',
    ],
    'a prediction that is read': [
      (good) => ({
        apply: (features, pass) => {
          const logits = good.apply(features, pass);
          return tf.mul(logits, logits.dataSync().length > 0 ? 1 : 2);
        },
      }),
      'a pass reads nothing back from the engine.',
    ],
    'a loss of nothing': [
      withLoss(({ loss }) => ({ loss: tf.div(loss, 0) })),
      'all values are finite. Expected finite numbers in loss at the start; found Infinity.',
    ],
  };

  it.each(Object.entries(cases))('%s', async (_name, [change, sentence]) => {
    const error = await checkHead((spec, seed) => {
      const good = tinyHead(spec, seed);
      return { ...good, ...change(good, spec) };
    }).then(
      () => new Error('no promise was broken'),
      (thrown: Error) => thrown,
    );
    expect(error.message).toContain(`Broken promise: ${sentence}`);
  });
});

describe('checkHead', () => {
  const refusing = (spec: FeatureSpec): TinyHead => {
    throw new Error(`The head needs ten stages, but the backbone hands over ${spec.stages.length}.`);
  };

  it('says when a head refuses every spec', async () => {
    await expect(checkHead(refusing)).rejects.toThrow(
      'The head refuses all 6 specs, so nothing can be checked; give others as `specs`. The first time it said: The head needs ten stages, but the backbone hands over 1.',
    );
  });

  it('takes other specs', async () => {
    const grids: string[] = [];
    await checkHead(
      (spec, seed) => {
        grids.push(JSON.stringify(spec.stages[0]?.grid));
        return tinyHead(spec, seed);
      },
      {
        specs: [
          {
            contract: 1,
            stages: [{ grid: { rows: 1, columns: 7 }, channels: 6, length: 5 }],
            pooled: 0,
            positionEncoding: 'none',
          },
        ],
      },
    );
    expect(new Set(grids)).toEqual(new Set(['{"rows":1,"columns":7}']));
  });

  it('lets a head be that learns nothing', async () => {
    await checkHead((spec) => ({
      ...tinyHead(spec, 0),
      variables: {},
      apply: ({ stages }) => stages.at(-1)?.tokens as tf.Tensor3D,
      loss: ({ stages }) => ({ loss: tf.mean(tf.square(stages.at(-1)?.tokens as tf.Tensor3D)) as tf.Scalar }),
    }));
  });
});
