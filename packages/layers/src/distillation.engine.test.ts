import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { classification } from './classification.js';
import { crossEntropy, softCrossEntropy } from './cross-entropy.js';
import { distillation } from './distillation.js';
import { distillationLosses, hardDistillation, softDistillation } from './distillation-losses.js';
import type { FeatureSpec, Features } from './features.js';
import { linear } from './linear.js';
import { oneHot } from './one-hot.js';
import { evaluationPass, type Pass, trainingPass } from './pass.js';
import { createRandom } from './random.js';
import type { Teacher } from './teacher.js';
import { disposeVariables, variable } from './variables.js';

interface Reference {
  readonly rows: number;
  readonly classes: number;
  readonly pooled: number[];
  readonly distilled: number[];
  readonly teacher: number[];
  readonly labels: number[];
  readonly cases: {
    kind: 'hard' | 'soft';
    temperature: number | null;
    alpha: number;
    loss: number;
    pooledGradient: number[];
    distilledGradient: number[];
  }[];
}
const fixture = new URL('../fixtures/distillation.json', import.meta.url);
const reference = JSON.parse(readFileSync(fixture, 'utf8')) as Reference;
const { rows, classes } = reference;

const spec: FeatureSpec = {
  contract: 1,
  stages: [{ grid: { rows: 1, columns: 1 }, channels: 4, length: 1 }],
  pooled: classes,
  distilled: classes,
  positionEncoding: 'none',
};
const { distilled: _none, ...pooledAlone } = spec;
const logitsOf = (values: number[]) => tf.tensor2d(values, [rows, classes]);
const features = (pooled: tf.Tensor2D, distilled: tf.Tensor2D): Features => ({
  stages: [],
  pooled,
  distilled,
});
const batch = () => ({
  images: createRandom({ seed: 0, step: 0 }).normal('images', [rows, 2, 2, 3]) as tf.Tensor4D,
  classes: tf.tensor1d(reference.labels, 'int32'),
});
const training = trainingPass({ seed: 0, step: 0 });
const saying = (values: number[]): Teacher => ({ variables: {}, apply: () => logitsOf(values) });
const silent: Teacher = {
  variables: {},
  apply: () => {
    throw new Error('The teacher was asked.');
  },
};

/** Makes a head whose logits are the vectors themselves. */
function transparent<Head extends { readonly variables: Record<string, tf.Variable> }>(head: Head): Head {
  for (const [path, value] of Object.entries(head.variables))
    if (path.endsWith('weight')) value.assign(tf.eye(classes));
  return head;
}

describe('distillation', () => {
  it.each(reference.cases)(
    "is DeiT's loss with its gradients: $kind, temperature $temperature, alpha $alpha",
    ({ kind, temperature, alpha, ...expected }) => {
      const loss = distillationLosses[kind](temperature === null ? {} : { temperature });
      const teacher = saying(reference.teacher);
      const head = transparent(distillation({ spec, classes, teacher, loss, alpha }));
      const given = [logitsOf(reference.pooled), logitsOf(reference.distilled)] as const;
      const { value, grads } = tf.valueAndGrads(
        (...vectors) =>
          head.loss(features(...(vectors as [tf.Tensor2D, tf.Tensor2D])), batch(), training).loss,
      )([...given]);
      expectClose(value, { shape: [], values: [expected.loss] }, 1e-5);
      for (const [index, values] of [expected.pooledGradient, expected.distilledGradient].entries())
        expectClose(grads[index] as tf.Tensor, { shape: [rows, classes], values }, 1e-5);
    },
  );

  it('lets one classifier learn from both where there is no distilled vector', () => {
    const loss = softDistillation({ temperature: 2 });
    const teacher = saying(reference.teacher);
    const head = transparent(distillation({ spec: pooledAlone, classes, teacher, loss, alpha: 0.25 }));
    const logits = logitsOf(reference.pooled);
    const expected = tf.add(
      tf.mul(crossEntropy(logits, batch().classes), 0.75),
      tf.mul(loss(logits, logitsOf(reference.teacher)), 0.25),
    );
    const { loss: value } = head.loss({ stages: [], pooled: logits }, batch(), training);
    expectClose(value, { shape: [], values: expected.dataSync() }, 1e-6);
    expect(Object.keys(head.variables)).toEqual(['weight', 'bias']);
  });

  it.each([spec, pooledAlone])(
    'asks no teacher in evaluation, and is there what classification is with the same variables',
    (each) => {
      const head = distillation({ spec: each, classes, teacher: silent, seed: 3 });
      const plain = classification({ spec: each, classes, seed: 3 });
      expect(Object.keys(head.variables)).toEqual(Object.keys(plain.variables));
      const given = features(logitsOf(reference.pooled), logitsOf(reference.distilled));
      const [found, expected] = [head, plain].map(({ loss }) => loss(given, batch(), evaluationPass()));
      expectClose(found?.loss as tf.Scalar, { shape: [], values: expected?.loss.dataSync() ?? [] }, 0);
      expect(found?.metrics?.accuracy?.dataSync()).toEqual(expected?.metrics?.accuracy?.dataSync());
      const predictions = [head, plain].map(({ apply }) => apply(given, evaluationPass()));
      expect(predictions[0]?.dataSync()).toEqual(predictions[1]?.dataSync());
      expect(() => head.loss(given, batch(), training)).toThrow('The teacher was asked.');
    },
  );

  it('asks the teacher as in evaluation, about the images of the batch, and gives it no gradient', () => {
    const layer = linear({ inputs: 12, outputs: classes, random: createRandom({ seed: 1, step: 0 }) });
    const passes: Pass[] = [];
    const teacher: Teacher = {
      variables: layer.variables,
      apply: (images, pass) => {
        passes.push(pass);
        return layer.apply(tf.reshape(images, [rows, 12]) as tf.Tensor2D);
      },
    };
    const head = distillation({ spec, classes, teacher, loss: softDistillation() });
    const given = features(logitsOf(reference.pooled), logitsOf(reference.distilled));
    const before = tf.memory().numTensors;
    const { images, classes: labels } = batch();
    const { grads, value } = tf.variableGrads(
      () => head.loss(given, { images, classes: labels }, training).loss,
    );
    expect(passes.map(({ training }) => training)).toEqual([false]);
    expect(Object.keys(grads).sort()).toEqual(
      Object.values(head.variables)
        .map(({ name }) => name)
        .sort(),
    );
    const said = tf.tidy(() => Array.from(teacher.apply(images, evaluationPass()).dataSync()));
    const told = distillation({ spec, classes, teacher: saying(said), loss: softDistillation() });
    tf.tidy(() => {
      const expected = told.loss(given, { images, classes: labels }, training).loss;
      expectClose(value, { shape: [], values: expected.dataSync() }, 1e-6);
    });
    disposeVariables(told.variables);
    tf.dispose([grads, value, images, labels]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('learns from mixed targets where the batch has some, and from the teacher as before', () => {
    const teacher = saying(reference.teacher);
    const head = transparent(distillation({ spec, classes, teacher, alpha: 0.25, smoothing: 0.1 }));
    const [pooled, distilled] = [logitsOf(reference.pooled), logitsOf(reference.distilled)];
    const mixed = oneHot(batch().classes, classes);
    const targets = tf.add(tf.mul(mixed, 0.7), tf.mul(tf.reverse(mixed, 0), 0.3)) as tf.Tensor2D;
    const { loss } = head.loss(features(pooled, distilled), { ...batch(), targets }, training);
    const expected = tf.add(
      tf.mul(softCrossEntropy(pooled, targets, { smoothing: 0.1 }), 0.75),
      tf.mul(hardDistillation()(distilled, logitsOf(reference.teacher)), 0.25),
    );
    expectClose(loss, { shape: [], values: expected.dataSync() }, 1e-6);
  });

  it('gives images no gradient through the teacher', () => {
    const scale = variable(tf.scalar(1));
    const teacher: Teacher = {
      variables: {},
      apply: (images) => tf.slice(tf.reshape(images, [rows, 12]), [0, 0], [rows, classes]) as tf.Tensor2D,
    };
    const head = distillation({ spec, classes, teacher, loss: softDistillation(), alpha: 1 });
    const { images, classes: labels } = batch();
    const given = features(logitsOf(reference.pooled), logitsOf(reference.distilled));
    const { grads } = tf.variableGrads(
      () => head.loss(given, { images: tf.mul(images, scale), classes: labels }, training).loss,
      [scale],
    );
    expect(grads[scale.name]?.dataSync()[0]).toBe(0);
  });
});

describe('distillation refuses', () => {
  const mean = [0.5, 0.5, 0.5];
  const normalised: Teacher = { ...silent, normalisation: { mean, deviation: mean } };
  const given = features(logitsOf(reference.pooled), logitsOf(reference.distilled));
  const lossWith = (teacher: Teacher) =>
    distillation({ spec, classes, teacher }).loss(given, batch(), training);

  it('a share that is none, and a temperature that is not above 0', () => {
    for (const alpha of [-0.1, 1.1, Number.NaN])
      expect(() => distillation({ spec, classes, teacher: silent, alpha })).toThrow(
        `alpha is ${alpha}, but is the teacher's share in the loss: from 0 to 1.`,
      );
    for (const temperature of [0, -1, Number.NaN])
      expect(() => softDistillation({ temperature })).toThrow(`must be above 0; ${temperature} is not.`);
  });

  it('a teacher of other classes', () => {
    const teacher: Teacher = { variables: {}, apply: () => tf.zeros([rows, 1000]) };
    expect(() => lossWith(teacher)).toThrow(
      'The teacher made [6,1000] of 6 images, but the student tells 5 classes apart, so logits of shape [6,5] were expected. Train both on the same classes.',
    );
  });

  it('a teacher of another image size', () => {
    expect(() => lossWith({ ...silent, imageSize: { height: 4, width: 2 } })).toThrow(
      'The images are 2 x 2 px (height x width), but the teacher was made for 4 x 2 px. Give both models images of one size, or a teacher whose apply resizes them first.',
    );
    const fitting: Teacher = { ...saying(reference.teacher), imageSize: { height: 2, width: 2 } };
    expect(lossWith(fitting).loss.shape).toEqual([]);
  });

  it('a teacher that was trained on images normalised in another way, or in a way that is not known', () => {
    expect(() => distillation({ spec, classes, teacher: normalised })).toThrow(
      'The teacher takes images with mean 0.5, 0.5, 0.5 and deviation 0.5, 0.5, 0.5; say as `normalisation` how the images of the batches are normalised, so that the two can be compared.',
    );
    const other = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] };
    expect(() => distillation({ spec, classes, teacher: normalised, normalisation: other })).toThrow(
      'but those of the batches have mean 0.485, 0.456, 0.406 and deviation 0.229, 0.224, 0.225. Normalise them as the teacher wants,',
    );
    const normalisation = { mean, deviation: [...mean] };
    expect(distillation({ spec, classes, teacher: normalised, normalisation }).needs).toEqual({
      pooled: spec.pooled,
      distilled: true,
    });
  });

  it('a backbone that pools nothing', () => {
    expect(() => distillation({ spec: { ...spec, pooled: 0 }, classes, teacher: silent })).toThrow(
      'The distillation head needs a pooled vector (a class token or an average), but the backbone pools nothing.',
    );
  });
});

describe('a distillation loss', () => {
  it('is least, for soft distillation 0, where the student says what the teacher says', () => {
    const teacher = logitsOf(reference.teacher);
    expect(softDistillation()(teacher, teacher).dataSync()[0]).toBe(0);
    const sure = tf.mul(teacher, 100) as tf.Tensor2D;
    expect(hardDistillation()(sure, teacher).dataSync()[0]).toBeLessThan(1e-6);
  });
});
