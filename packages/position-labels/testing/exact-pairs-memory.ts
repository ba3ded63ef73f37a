// Run by exact-pairs-memory.slow.test.ts in a process of its own: one training step of the exact relative head at the size
// of ViT-B/16 with 8 images. Prints, as JSON, how far the resident memory rose at most above what it was with the tokens.
import * as tf from '@tensorflow/tfjs-core';
import { createRandom, trainingPass, variable } from '@whereabouts/layers';
import { openBackend } from '../../runtime/src/index.js';
import { relativePositions } from '../src/relative-positions.js';

const grid = { rows: 14, columns: 14 };
const [batch, length, channels] = [8, 196, 768];

const { backend } = await openBackend({ backend: 'tensorflow' });
const head = relativePositions({
  spec: { contract: 1, stages: [{ grid, channels, length }], pooled: 0, positionEncoding: 'none' },
});
const tokens = variable(
  createRandom({ seed: 0, step: 0 }).normal('tokens', [batch, length, channels]) as tf.Tensor3D,
);
const positions = tf.tidy(() =>
  tf.tile(tf.expandDims(tf.range(0, length, 1, 'int32')), [batch, 1]),
) as tf.Tensor2D;

const before = process.memoryUsage.rss();
const started = performance.now();
const { value, grads } = tf.variableGrads(
  () => head.loss({ stages: [{ tokens, positions, grid }] }, {}, trainingPass({ seed: 0, step: 0 })).loss,
  [tokens, ...Object.values(head.variables)],
);
const [loss] = await value.data();
const milliseconds = performance.now() - started;
console.log(
  JSON.stringify({
    backend,
    loss,
    gradients: Object.keys(grads).length,
    mebibytes: (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20,
    milliseconds,
  }),
);
