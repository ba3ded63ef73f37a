import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  evaluationPass,
  type FeatureSpec,
  type Features,
  loadVariables,
  type Pass,
  type TokenMap,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { directionLabels } from './direction-labels.js';
import { droppedPositions } from './dropped-positions.js';
import { jigsawPositions } from './jigsaw-positions.js';
import { linearPositions } from './linear-positions.js';
import type { PositionHead } from './position-head.js';
import { relativeDirections } from './relative-directions.js';
import { relativeOffsets } from './relative-offsets.js';
import { smoothLabels } from './smooth-labels.js';

interface Plain {
  readonly shape: number[];
  readonly values: number[];
}

interface HeadCase {
  readonly weights: Readonly<Record<string, Plain>> | null;
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Plain>>;
  readonly labels?: Plain;
}

interface Cases {
  readonly grid: { readonly rows: number; readonly columns: number };
  readonly pairs: number;
  readonly sigma: number;
  readonly tokens: Plain;
  readonly positions: Plain;
  readonly draws: Readonly<Record<'queries' | 'keys', Plain>>;
  readonly positionGiven: Plain;
  readonly attention: Plain;
  readonly heads: Readonly<Record<string, HeadCase>>;
}

const reference: Cases = JSON.parse(readFileSync(new URL('../fixtures/heads.json', import.meta.url), 'utf8'));
const { grid, pairs, sigma } = reference;
const [, length = 0, channels = 0] = reference.tokens.shape;

const tensorOf = ({ shape, values }: Plain, dtype: 'float32' | 'int32' = 'float32') =>
  tf.tensor(values, shape, dtype);
const positions = () => tensorOf(reference.positions, 'int32') as tf.Tensor2D;
const features = (tokens: tf.Tensor): Features => ({
  stages: [
    {
      tokens: tokens as tf.Tensor3D,
      positions: positions(),
      grid,
      positionGiven: tensorOf(reference.positionGiven) as tf.Tensor2D,
    },
  ],
});

const spec: FeatureSpec = {
  contract: 1,
  stages: [{ grid, channels, length }],
  pooled: 0,
  positionEncoding: 'partial',
};
const decoder = { channels: 6, depth: 2, heads: 2 };

/** A pass that draws the reference's numbers. */
const pass: Pass = {
  training: true,
  random: {
    ...createRandom({ seed: 0, step: 0 }),
    uniform: (name) => tensorOf(reference.draws[name as 'queries' | 'keys']),
    fork: () => pass.random,
  },
};
const withSigma = (value: number): Pass => ({ ...pass, scalars: { sigma: tf.scalar(value) } });

/** Each case: its head, the pass that it is trained in, and whose weights it has. */
const cases: Readonly<Record<string, () => { head: PositionHead<unknown>; pass: Pass; weights?: string }>> = {
  jigsaw: () => ({ head: jigsawPositions({ spec }), pass }),
  linear: () => ({ head: linearPositions({ spec }), pass }),
  'offsets in cells': () => ({ head: relativeOffsets({ spec, pairs, hidden: 8 }), pass }),
  'offsets in sides': () => ({
    head: relativeOffsets({ spec, pairs, hidden: 8, unit: 'side' }),
    pass,
    weights: 'offsets in cells',
  }),
  directions: () => ({ head: relativeDirections({ spec }), pass }),
  dropped: () => ({ head: droppedPositions({ spec, decoder }), pass: withSigma(sigma) }),
  'dropped with hard labels': () => ({
    head: droppedPositions({ spec, decoder, sigma }),
    pass: evaluationPass(),
    weights: 'dropped',
  }),
  'dropped with attention': () => ({
    head: droppedPositions({
      spec,
      decoder,
      sigma,
      weigh: () => tensorOf(reference.attention) as tf.Tensor2D,
    }),
    pass,
    weights: 'dropped',
  }),
};

describe('the reference of the heads', () => {
  it('has no case that is not tested', () => {
    expect(Object.keys(reference.heads)).toEqual(Object.keys(cases));
  });

  it.each(Object.entries(cases))('%s: the loss and every gradient', (name, make) => {
    tf.tidy(() => {
      const { head, pass, weights = name } = make();
      const wanted = reference.heads[name] as HeadCase;
      const values = Object.entries(reference.heads[weights]?.weights ?? {}).map(([path, tensor]) => [
        path,
        { ...tensor, dtype: 'float32', values: Float32Array.from(tensor.values) },
      ]);
      loadVariables(head.variables, Object.fromEntries(values));
      const lossOf = (tokens: tf.Tensor) => head.loss(features(tokens), {}, pass).loss;
      const tokens = tensorOf(reference.tokens);
      const { value, grads } = tf.variableGrads(() => lossOf(tokens), Object.values(head.variables));
      expectClose(value, { shape: [], values: [wanted.loss] }, 1e-5);
      for (const [path, variable] of Object.entries(head.variables))
        expectClose(grads[variable.name] as tf.Tensor, wanted.gradients[path] as Plain, 1e-4);
      expectClose(tf.grad(lossOf)(tokens), wanted.gradients.tokens as Plain, 1e-4);
      tf.dispose(head.variables);
    });
  });

  it('the labels of the nine directions', () => {
    const { values = [] } = reference.heads.directions?.labels ?? {};
    expect(Array.from(directionLabels(positions(), grid).dataSync())).toEqual(values);
  });
});

describe('smoothed labels', () => {
  it.each([
    ['position-smoothing-4x4', { rows: 4, columns: 4 }, 1],
    ['position-smoothing-3x5', { rows: 3, columns: 5 }, 0.7],
  ] as const)('equal the reference %s', (fixture, shape, width) => {
    const everyLabel = tf.range(0, shape.rows * shape.columns, 1, 'int32');
    expectClose(smoothLabels(everyLabel, shape, width), readFixture(fixture)('rows'), 1e-6);
    expectClose(smoothLabels(everyLabel, shape, tf.scalar(width)), readFixture(fixture)('rows'), 1e-6);
  });

  it('are the labels themselves where sigma is 0', () => {
    const everyLabel = tf.range(0, 6, 1, 'int32');
    expect(smoothLabels(everyLabel, { rows: 2, columns: 3 }, 0).arraySync()).toEqual(tf.eye(6).arraySync());
  });
});

it('a head of dropped positions says so where a map does not tell what was given', () => {
  const head = droppedPositions({ spec, decoder });
  const { positionGiven: _, ...stage } = features(tensorOf(reference.tokens)).stages[0] as TokenMap;
  expect(() => head.loss({ stages: [stage] }, {}, pass)).toThrow(
    'The dropped position head reads positionGiven, but the features have none; the backbone has to say which positions it was told.',
  );
});
