import * as tf from '@tensorflow/tfjs-core';
import {
  classification,
  disposeVariables,
  distillation,
  evaluationPass,
  gatherVariables,
  type HostTensor,
  hardDistillation,
  loadVariables,
  oneHot,
  predictor,
  type Teacher,
  trainingPass,
} from '@whereabouts/layers';
import { expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { timmImages, timmTensors } from '../testing/timm-reference.js';
import { vit } from './vit.js';

const fixture = 'deit-distilled';
const reference = readFixture(fixture);
const classes = 6;
const labels = () => tf.tensor1d(Array.from(reference('labels').values), 'int32');
const images = () => {
  const { values, shape } = timmImages(fixture);
  return tf.tensor<tf.Rank.R4>(values, shape);
};

/** The distilled DeiT with the reference's weights; every one of them has a place, and every place one of them. */
function loaded() {
  const backbone = vit({
    imageSize: 16,
    patchSize: 4,
    channels: 24,
    depth: 2,
    heads: 3,
    distillationToken: true,
  });
  const head = classification({ spec: backbone.spec, classes });
  const variables = { ...backbone.variables, ...gatherVariables({ head }) };
  loadVariables(variables, timmTensors(fixture, 'weights/'));
  return { backbone, head, variables };
}

it("hands over the vectors of which timm's distilled DeiT makes its logits, and predicts their mean", () => {
  const { backbone, head, variables } = loaded();
  expect(backbone.spec).toMatchObject({ pooled: 24, distilled: 24 });
  expect(backbone.undecayed).toEqual(['classToken', 'distillationToken', 'positionEncoding.weight']);
  tf.tidy(() => {
    const features = backbone.apply(images(), evaluationPass());
    expect(features.stages[0]?.tokens.shape).toEqual([3, 16, 24]);
    const logitsOf = (vector: tf.Tensor | undefined, path: string) => {
      const [weight, bias] = ['weight', 'bias'].map((name) => variables[`head.${path}${name}`] as tf.Tensor);
      return tf.add(tf.matMul(vector as tf.Tensor2D, weight as tf.Tensor2D), bias as tf.Tensor);
    };
    expectClose(logitsOf(features.pooled, ''), reference('logits'), 1e-5);
    expectClose(logitsOf(features.distilled, 'distilled.'), reference('logits_distillation'), 1e-5);
    expectClose(head.apply(features, evaluationPass()), reference('logits_evaluation'), 1e-5);
    expectClose(
      predictor(backbone, head).apply(images(), evaluationPass()),
      reference('logits_evaluation'),
      1e-5,
    );
  });
  disposeVariables(variables);
});

it('has in training the loss of both classifiers, and every one of its gradients', () => {
  const { backbone, head, variables } = loaded();
  const expected: Record<string, HostTensor> = timmTensors(fixture, 'gradients/');
  const pass = trainingPass({ seed: 0, step: 0 });
  // A teacher that says what the labels say makes hard distillation that same loss.
  const right: Teacher = {
    variables: {},
    apply: () => oneHot(labels(), classes),
  };
  const taught = distillation({
    spec: backbone.spec,
    classes,
    teacher: right,
    loss: hardDistillation(),
    alpha: 0.5,
  });
  tf.tidy(() => {
    for (const [path, variable] of Object.entries(taught.variables))
      variable.assign(variables[`head.${path}`] as tf.Tensor);
    for (const learning of [head, taught]) {
      const batch = { images: images(), classes: labels() };
      const { value, grads } = tf.variableGrads(
        () => learning.loss(backbone.apply(batch.images, pass), batch, pass).loss,
      );
      expectClose(tf.reshape(value, [1]), reference('loss'), 1e-5);
      const trained = { ...backbone.variables, ...gatherVariables({ head: learning }) };
      expect(Object.keys(expected).sort()).toEqual(Object.keys(trained).sort());
      for (const [path, variable] of Object.entries(trained))
        expectClose(grads[variable.name] as tf.Tensor, expected[path] as HostTensor, 1e-4);
    }
  });
  disposeVariables(variables);
  disposeVariables(taught.variables);
});

it('has in evaluation the loss of its prediction', () => {
  const { backbone, head, variables } = loaded();
  tf.tidy(() => {
    const { values } = reference('logits_evaluation');
    const rows = Array.from({ length: 3 }, (_, row) => [...values.slice(row * classes, (row + 1) * classes)]);
    const costs = rows.map((row, index) => {
      const label = reference('labels').values[index] ?? Number.NaN;
      return Math.log(row.reduce((sum, logit) => sum + Math.exp(logit), 0)) - (row[label] ?? Number.NaN);
    });
    const mean = costs.reduce((sum, cost) => sum + cost, 0) / 3;
    const pass = evaluationPass();
    const { loss } = head.loss(backbone.apply(images(), pass), { classes: labels() }, pass);
    expectClose(loss, { shape: [], values: [mean] }, 1e-5);
  });
  disposeVariables(variables);
});
