import * as tf from '@tensorflow/tfjs-core';
import {
  classification,
  crossEntropy,
  disposeVariables,
  evaluationPass,
  type HostTensor,
  trainingPass,
} from '@whereabouts/layers';
import { describe, expect, inject, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { toyBackbone, toyBatches } from '../testing/toy.js';
import { averagedOverFlips } from './averaged-over-flips.js';
import { compiledExecutor } from './compiled-executor.js';
import { eagerExecutor } from './eager-executor.js';
import { evaluate } from './evaluate.js';
import { joint } from './joint.js';

const tensorOf = ({ values, shape, dtype }: HostTensor) => tf.tensor(values, [...shape], dtype);

describe('averagedOverFlips', () => {
  const executors = [eagerExecutor(), ...(inject('engine') === 'tensorflow' ? [compiledExecutor()] : [])];
  it.each(executors)(
    'evaluates the mean of the logits of a picture and its mirror image: $name',
    async (executor) => {
      const backbone = toyBackbone(1);
      const classes = classification({ spec: backbone.spec, classes: 2, seed: 3 });
      const batches = toyBatches(1);
      let wanted = 0;
      for await (const batch of batches.epoch(0))
        wanted = tf.tidy(() => {
          const images = tensorOf(batch.images as HostTensor) as tf.Tensor4D;
          const logitsOf = (images: tf.Tensor4D) =>
            classes.apply(backbone.apply(images, evaluationPass()), evaluationPass());
          const logits = tf.div(tf.add(logitsOf(images), logitsOf(tf.reverse(images, 2))), 2) as tf.Tensor2D;
          return (
            crossEntropy(logits, tensorOf(batch.classes as HostTensor) as tf.Tensor1D).dataSync()[0] ?? 0
          );
        });
      const objective = joint(averagedOverFlips(backbone), { classes });
      const alone = await evaluate({ objective: joint(backbone, { classes }), batches, executor });
      const averaged = await evaluate({ objective, batches, executor });
      expect(averaged.loss).toBeCloseTo(wanted, 6);
      expect(averaged.loss).not.toBeCloseTo(alone.loss ?? 0, 6);
      disposeVariables(objective.variables);
    },
  );

  it('leaves tokens, positions and training alone', () => {
    const backbone = toyBackbone(1);
    tf.tidy(() => {
      const images = tf.randomUniform<tf.Rank.R4>([2, 4, 4, 3], 0, 1, 'float32', 3);
      const compare = (
        pass: () => ReturnType<typeof evaluationPass>,
        read: (features: ReturnType<typeof backbone.apply>) => tf.Tensor,
      ) =>
        [averagedOverFlips(backbone), backbone].map((one) =>
          Array.from(read(one.apply(images, pass())).dataSync()),
        );
      const [tokens, plain] = compare(evaluationPass, ({ stages }) => stages[0]?.tokens as tf.Tensor);
      expect(tokens).toEqual(plain);
      const [pooled, trained] = compare(
        () => trainingPass({ seed: 1, step: 2 }),
        ({ pooled }) => pooled as tf.Tensor,
      );
      expect(pooled).toEqual(trained);
    });
    disposeVariables(backbone.variables);
  });

  it('averages the vector for a teacher, too', () => {
    const plain = toyBackbone(1);
    const apply: typeof plain.apply = (images, pass) => {
      const features = plain.apply(images, pass);
      return { ...features, distilled: tf.square(features.pooled as tf.Tensor2D) };
    };
    const backbone = { ...plain, apply, spec: { ...plain.spec, distilled: 8 } };
    tf.tidy(() => {
      const images = tf.randomUniform<tf.Rank.R4>([2, 4, 4, 3], 0, 1, 'float32', 3);
      const distilledOf = (one: typeof backbone, images: tf.Tensor4D) =>
        one.apply(images, evaluationPass()).distilled as tf.Tensor2D;
      const mean = tf.div(
        tf.add(distilledOf(backbone, images), distilledOf(backbone, tf.reverse(images, 2))),
        2,
      );
      const found = averagedOverFlips(backbone).apply(images, evaluationPass()).distilled as tf.Tensor;
      expectClose(found, { shape: [2, 8], values: mean.dataSync() }, 1e-6);
    });
    disposeVariables(plain.variables);
  });

  it('needs a pooled vector', () => {
    const backbone = toyBackbone(1);
    const blind = { ...backbone, spec: { ...backbone.spec, pooled: 0 } };
    expect(() => averagedOverFlips(blind)).toThrow(/pools nothing/);
    disposeVariables(backbone.variables);
  });
});
