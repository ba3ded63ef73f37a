import * as tf from '@tensorflow/tfjs-core';
import {
  evaluationPass,
  type FeatureSpec,
  type Features,
  type Grid,
  loadVariables,
  positionCount,
  trainingPass,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { type ReferenceTensor, readFixture } from '../../../testing/fixture.js';
import { absolutePositions } from './absolute-positions.js';
import type { PositionHead } from './position-head.js';
import { relativeClassCount, relativeLabels } from './relative-labels.js';
import { relativePositions } from './relative-positions.js';

const layers = { hidden: '0', feature: '2', classes: '3' }; // our names and the reference's
type Fixture = ReturnType<typeof readFixture>;

// A matrix of the reference is [outputs, inputs], ours is [inputs, outputs].
function transposed({ shape, values }: ReferenceTensor): ReferenceTensor {
  const [outputs = 0, inputs = 0] = shape;
  const turned = Float32Array.from(values, (_, index) =>
    Number(values[(index % outputs) * inputs + Math.floor(index / outputs)]),
  );
  return { shape: [inputs, outputs], values: turned };
}

function parametersOf(fixture: Fixture, prefix: string): Record<string, ReferenceTensor> {
  return Object.fromEntries(
    Object.entries(layers).flatMap(([ours, theirs]) => [
      [`${ours}.weight`, transposed(fixture(`${prefix}/${theirs}.weight`))],
      [`${ours}.bias`, fixture(`${prefix}/${theirs}.bias`)],
    ]),
  );
}

function load(head: PositionHead, fixture: Fixture, prefix: string): void {
  const tensors = Object.entries(parametersOf(fixture, prefix)).map(([path, { shape, values }]) => [
    path,
    { shape, dtype: 'float32', values: values as Float32Array },
  ]);
  loadVariables(head.variables, Object.fromEntries(tensors));
}

function specOf(grid: Grid, length: number): FeatureSpec {
  return { contract: 1, stages: [{ grid, channels: 16, length }], pooled: 0, positionEncoding: 'none' };
}

const tensorOf = ({ shape, values }: ReferenceTensor, dtype: 'float32' | 'int32' = 'float32') =>
  tf.tensor(values as Float32Array, [...shape], dtype);

const heads = { absolute: absolutePositions, relative: relativePositions };
const passes = { training: trainingPass({ seed: 0, step: 1 }), evaluation: evaluationPass() };

for (const [name, grid] of Object.entries({
  'labels-3x3': { rows: 3, columns: 3 },
  'labels-3x5': { rows: 3, columns: 5 },
})) {
  describe(`reference tensors ${name}`, () => {
    const fixture = readFixture(name);
    const length = positionCount(grid);
    const rasterOrder = () => tf.tile(tf.expandDims(tf.range(0, length, 1, 'int32')), [2, 1]) as tf.Tensor2D;
    const featuresOf = (tokens: tf.Tensor): Features => ({
      stages: [{ tokens: tokens as tf.Tensor3D, positions: rasterOrder(), grid }],
    });

    it('equal the labels', () => {
      const labels = relativeLabels(rasterOrder(), grid);
      for (const image of tf.unstack(labels))
        expect(Array.from(image.dataSync())).toEqual(Array.from(fixture('relative/index').values));
      expect(relativeClassCount(grid)).toBe(fixture('relative/logits').shape[3]);
    });

    for (const [kind, factory] of Object.entries(heads)) {
      const head = () => {
        const made = factory({ spec: specOf(grid, length) }) as PositionHead;
        load(made, fixture, `${kind}/weights`);
        return made;
      };

      it(`equal the ${kind} head's logits`, () => {
        const logits = head().apply(featuresOf(tensorOf(fixture('tokens'))), evaluationPass());
        expectClose(logits, fixture(`${kind}/logits`), 1e-5);
      });

      for (const [mode, pass] of Object.entries(passes))
        it(`equal the ${kind} head's loss and every gradient in ${mode}`, () => {
          const made = head();
          const lossOf = (tokens: tf.Tensor) => made.loss(featuresOf(tokens), {}, pass).loss;
          const tokens = tensorOf(fixture('tokens'));
          const { value, grads } = tf.variableGrads(() => lossOf(tokens), Object.values(made.variables));
          expectClose(tf.reshape(value, [1]), fixture(`${kind}/loss`), 1e-5);
          const expected = parametersOf(fixture, `${kind}/gradients`);
          for (const [path, variable] of Object.entries(made.variables))
            expectClose(grads[variable.name] as tf.Tensor, expected[path] as ReferenceTensor, 1e-4);
          expectClose(tf.grad(lossOf)(tokens), fixture(`${kind}/gradients/tokens`), 1e-4);
        });
    }
  });

  describe(`reference tensors ${name}-visible`, () => {
    const fixture = readFixture(`${name}-visible`);
    const positions = () => tensorOf(fixture('positions'), 'int32') as tf.Tensor2D;

    it('equal the labels of the kept tokens', () => {
      expect(Array.from(relativeLabels(positions(), grid).dataSync())).toEqual(
        Array.from(fixture('relative/labels').values),
      );
    });

    for (const [kind, factory] of Object.entries(heads))
      for (const [mode, pass] of Object.entries(passes))
        it(`equal the ${kind} head's loss in ${mode}`, () => {
          const tokens = tensorOf(fixture('tokens')) as tf.Tensor3D;
          const head = factory({ spec: specOf(grid, tokens.shape[1]) }) as PositionHead;
          load(head, fixture, `${kind}/weights`);
          const { loss } = head.loss({ stages: [{ tokens, positions: positions(), grid }] }, {}, pass);
          expectClose(tf.reshape(loss, [1]), fixture(`${kind}/loss`), 1e-5);
        });
  });
}
