import * as tf from '@tensorflow/tfjs';
import { expect, it } from 'vitest';
import { type Change, complaintOf, withSpec, withStage, withTokens } from '../testing/changed-backbone.js';

// A spec of which the pixels of two tokens are seen, and what its stage says instead.
const seeingTwo =
  (contentGiven: (positions: tf.Tensor) => tf.Tensor): Change =>
  (good, seed) => ({
    ...withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: 8, length: 6, contentGiven: 2 }] })(
      good,
      seed,
    ),
    ...withStage(({ positions }) => ({ contentGiven: contentGiven(positions) }))(good, seed),
  });

const cases: Record<string, [Change, string]> = {
  'another contract': [
    withSpec({ contract: 2 }),
    'the spec is plain data of contract 1. Expected contract: 1; found 2.',
  ],
  'a spec with more than data': [
    withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: () => 8, length: 6 }] }),
    'the spec is plain data of contract 1. Expected a number of channels in stages.0; found () => 8.',
  ],
  'an unknown position encoding': [
    withSpec({ positionEncoding: 'sine' }),
    'the spec is plain data of contract 1. Expected positionEncoding to be one of absolute, partial, relative, conditional, none; found "sine".',
  ],
  'more tokens than positions': [
    withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: 8, length: 7 }] }),
    'the spec is plain data of contract 1. Expected stages.0.length to be from 1 to 6, the positions of its grid; found 7.',
  ],
  'the coarsest grid first': [
    withSpec({
      stages: [
        { grid: { rows: 1, columns: 1 }, channels: 8, length: 1 },
        { grid: { rows: 2, columns: 3 }, channels: 8, length: 6 },
      ],
    }),
    'the spec is plain data of contract 1. Expected stages with the finest grid first; found [{"rows":1,"columns":1},{"rows":2,"columns":3}].',
  ],
  'a grid without columns': [
    withSpec({ stages: [{ grid: { rows: 6 }, channels: 8, length: 6 }] }),
    'the spec is plain data of contract 1. Expected rows and columns in stages.0.grid; found {"rows":6}.',
  ],
  'a pooled vector of no size': [
    withSpec({ pooled: true }),
    'the spec is plain data of contract 1. Expected pooled to be a number of channels, or 0; found true.',
  ],
  'no stage': [
    withSpec({ stages: [] }),
    'the spec is plain data of contract 1. Expected at least one stage; found [].',
  ],
  'other channels': [
    withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: 4, length: 6 }] }),
    'shapes and types equal the spec. Expected stages.0.tokens [1,6,4] float32 for a batch of 1; found [1,6,8] float32.',
  ],
  'a batch that is always 1': [
    withTokens((tokens) => tf.slice(tokens, 0, 1)),
    'shapes and types equal the spec. Expected stages.0.tokens [2,6,8] float32 for a batch of 2; found [1,6,8] float32.',
  ],
  'another grid': [
    withStage(() => ({ grid: { rows: 3, columns: 2 } })),
    'shapes and types equal the spec. Expected stages.0.grid {"rows":2,"columns":3}; found {"rows":3,"columns":2}.',
  ],
  'another number of stages': [
    (good) => ({ apply: (images, pass) => ({ ...good.apply(images, pass), stages: [] }) }),
    'shapes and types equal the spec. Expected 1 stages; found 0.',
  ],
  'no pooled vector': [
    (good) => ({ apply: (images, pass) => ({ stages: good.apply(images, pass).stages }) }),
    'shapes and types equal the spec. Expected pooled [1,8] float32 for a batch of 1; found nothing.',
  ],
  'an unannounced pooled vector': [
    withSpec({ pooled: 0 }),
    'shapes and types equal the spec. Expected no pooled vector, since spec.pooled is 0; found pooled [1,8].',
  ],
  'a narrower pooled vector': [
    (good) => ({
      apply: (images, pass) => {
        const { stages, pooled } = good.apply(images, pass);
        return { stages, pooled: tf.slice(pooled as tf.Tensor2D, [0, 0], [-1, 4]) };
      },
    }),
    'shapes and types equal the spec. Expected pooled [1,8] float32 for a batch of 1; found [1,4] float32.',
  ],
  'positionGiven as a whole number': [
    withStage(({ positions }) => ({ positionGiven: tf.onesLike(positions) })),
    'shapes and types equal the spec. Expected stages.0.positionGiven [1,6] float32 for a batch of 1; found [1,6] int32.',
  ],
  'a distilled vector that is not there': [
    withSpec({ distilled: 8 }),
    'shapes and types equal the spec. Expected distilled [1,8] float32 for a batch of 1; found nothing.',
  ],
  'an unannounced distilled vector': [
    (good) => ({ apply: (...given) => ({ ...good.apply(...given), distilled: tf.zeros([1, 8]) }) }),
    'shapes and types equal the spec. Expected no distilled vector, since spec.distilled is absent; found distilled [1,8].',
  ],
  'half a channel of a distilled vector': [
    withSpec({ distilled: 0.5 }),
    'the spec is plain data of contract 1. Expected distilled to be a number of channels, 0, or absent; found 0.5.',
  ],
  'positions that are not whole numbers': [
    withStage(({ positions }) => ({ positions: tf.cast(positions, 'float32') })),
    'shapes and types equal the spec. Expected stages.0.positions [1,6] int32 for a batch of 1; found [1,6] float32.',
  ],
  'a position outside the grid': [
    withStage(({ positions }) => ({ positions: tf.add(positions, tf.scalar(1, 'int32')) })),
    'positions are raster indices of the grid, none twice in an image. Expected 0 to 5 in image 0 of stages.0.positions; found 6.',
  ],
  'a position twice in an image': [
    withStage(({ positions }) => ({ positions: tf.minimum(positions, tf.scalar(4, 'int32')) })),
    'positions are raster indices of the grid, none twice in an image. Expected each at most once in image 0 of stages.0.positions; found 4 twice.',
  ],
  'a partial encoding that says nothing': [
    withSpec({ positionEncoding: 'partial' }),
    "a partial encoding says which tokens were told their position. Expected stages.0.positionGiven, since the spec says positionEncoding: 'partial'; found none.",
  ],
  'a position that was half given': [
    withStage(({ positions }) => ({ positionGiven: tf.fill(positions.shape, 0.5) })),
    'positionGiven is 1 or 0. Expected 1 (told) or 0 (not told) in stages.0; found 0.5.',
  ],
  'hidden pixels that the spec keeps quiet about': [
    withStage(({ positions }) => ({ contentGiven: tf.zeros(positions.shape) })),
    'the spec says of how many tokens the model sees the pixels. Expected contentGiven in spec.stages.0, since the stage says which they are; found none.',
  ],
  'hidden pixels that no stage tells apart': [
    withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: 8, length: 6, contentGiven: 2 }] }),
    'shapes and types equal the spec. Expected stages.0.contentGiven [1,6] float32 for a batch of 1; found nothing.',
  ],
  'more seen tokens than tokens': [
    withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: 8, length: 6, contentGiven: 7 }] }),
    'the spec is plain data of contract 1. Expected stages.0.contentGiven to be from 1 to 6, the length of the stage, or absent; found 7.',
  ],
  'pixels that are half seen': [
    seeingTwo((positions) => tf.fill(positions.shape, 0.5)),
    'contentGiven is 1 for as many tokens of each image as the spec says, else 0. Expected 1 (seen) or 0 (hidden) in image 0 of stages.0.contentGiven; found 0.5.',
  ],
  'more seen tokens than the spec says': [
    seeingTwo((positions) => tf.cast(tf.less(positions, 3), 'float32')),
    'contentGiven is 1 for as many tokens of each image as the spec says, else 0. Expected 2 ones in image 0 of stages.0.contentGiven; found 3.',
  ],
};

it.each(Object.entries(cases))('%s is refused', async (_name, [change, sentence]) => {
  expect(await complaintOf(change)).toContain(`Broken promise: ${sentence}`);
});
