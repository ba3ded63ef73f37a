import * as tf from '@tensorflow/tfjs-core';
import { compareWithEager } from '../../testing/compare-with-eager.js';
import { bools, exactly, integers, numbers } from '../../testing/random-tensors.js';
import { repetitions } from './broadcast.js';
import { casts } from './cast.js';
import { diagonals } from './diagonal.js';
import { joins } from './joins.js';
import { padding } from './padding.js';
import { reshapes } from './reshape.js';
import { reversals } from './reversals.js';
import { slices } from './slices.js';
import { transpositions } from './transpose.js';

compareWithEager('casts', casts, {
  'from floats': {
    inputs: { x: numbers([3, 4], -3, 3) },
    run: ({ x }) => [tf.cast(x, 'int32'), tf.cast(x, 'bool'), tf.cast(x, 'float32')],
  },
  'from integers': {
    inputs: { x: integers([7]) },
    run: ({ x }) => [tf.cast(x, 'float32'), tf.cast(x, 'bool')],
  },
  'from truths': { inputs: { x: bools([7]) }, run: ({ x }) => [tf.cast(x, 'float32'), tf.cast(x, 'int32')] },
});

compareWithEager('reshapes', reshapes, {
  reshape: { inputs: { x: numbers([2, 6]) }, run: ({ x }) => tf.reshape(x, [3, -1, 2]) },
  'reshapes in a row': {
    inputs: { x: numbers([2, 6]) },
    run: ({ x }) =>
      tf.mul(tf.reshape(tf.reshape(x, [12]), [2, 6]), tf.reshape(tf.reshape(x, [1, 12]), [2, 6])),
  },
  'of several dtypes': {
    inputs: { x: integers([4]), y: bools([4]) },
    run: ({ x, y }) => [tf.reshape(x, [2, 2]), tf.reshape(y, [1, 4])],
  },
  'to and from a scalar': {
    inputs: { x: numbers([1, 1]) },
    run: ({ x }) => tf.reshape(tf.reshape(x, []), [1]),
  },
  'of nothing': { inputs: { x: numbers([0, 3]) }, run: ({ x }) => tf.reshape(x, [3, 0]) },
  'a new axis': {
    inputs: { x: numbers([2, 3]) },
    run: ({ x }) => tf.mul(tf.expandDims(x, 1), tf.expandDims(x, 0)),
  },
  'a new last axis': { inputs: { x: numbers([2, 3]) }, run: ({ x }) => tf.expandDims(x, -1) },
  squeeze: { inputs: { x: numbers([2, 1, 3, 1]) }, run: ({ x }) => tf.squeeze(x, [1]) },
  clone: { inputs: { x: numbers([2, 3]) }, run: ({ x }) => tf.mul(tf.clone(x), x) },
});

compareWithEager('transpositions', transpositions, {
  matrix: { inputs: { x: numbers([3, 4]) }, run: ({ x }) => tf.transpose(x) },
  'four axes': { inputs: { x: numbers([2, 3, 4, 5]) }, run: ({ x }) => tf.transpose(x, [0, 2, 1, 3]) },
  'there and back': { inputs: { x: numbers([3, 4]) }, run: ({ x }) => tf.transpose(tf.transpose(x)) },
  'two orders': {
    inputs: { x: numbers([2, 3, 4]) },
    run: ({ x }) => tf.transpose(tf.transpose(x, [1, 2, 0]), [0, 2, 1]),
  },
  'short axes': { inputs: { x: numbers([3, 1, 4, 1]) }, run: ({ x }) => tf.transpose(x, [1, 0, 3, 2]) },
  'of several dtypes': {
    inputs: { x: integers([2, 3]), y: bools([2, 3]) },
    run: ({ x, y }) => [tf.transpose(x), tf.transpose(y)],
  },
});

compareWithEager('repetitions', repetitions, {
  tile: { inputs: { x: numbers([2, 3]) }, run: ({ x }) => tf.tile(x, [2, 2]) },
  'tile short axes': { inputs: { x: numbers([2, 1]) }, run: ({ x }) => tf.tile(x, [1, 3]) },
  'tile integers and truths': {
    inputs: { x: integers([3]), y: bools([3]) },
    run: ({ x, y }) => [tf.tile(x, [2]), tf.tile(y, [2]), tf.tile(x, [1])],
  },
  broadcast: { inputs: { x: numbers([3, 1]) }, run: ({ x }) => tf.broadcastTo(x, [2, 3, 4]) },
  'the shape of a broadcast': {
    inputs: { a: exactly([3, 1], [2], 'int32'), b: exactly([2, 1, 4], [3], 'int32') },
    run: ({ a, b }) => tf.broadcastArgs(a, b),
  },
  'broadcast a scalar': { inputs: { x: numbers([]) }, run: ({ x }) => tf.broadcastTo(x, [2, 3]) },
});

compareWithEager('diagonals', diagonals, {
  'of a vector': { inputs: { x: numbers([3]) }, run: ({ x }) => [tf.diag(x)] },
  'of a matrix': { inputs: { x: integers([2, 3]) }, run: ({ x }) => tf.diag(x) },
});

compareWithEager('joins', joins, {
  concat: {
    inputs: { a: numbers([2, 3]), b: numbers([2, 1]), c: numbers([2, 2]) },
    run: ({ a, b, c }) => tf.concat([a, b, c], 1),
  },
  'concat by a negative axis': {
    inputs: { a: integers([2, 3]), b: integers([1, 3]) },
    run: ({ a, b }) => [tf.concat([a, b], -2)],
  },
  'concat truths': { inputs: { a: bools([2]), b: bools([3]) }, run: ({ a, b }) => tf.concat([a, b]) },
  'concat with nothing': {
    inputs: { a: numbers([2, 3]), b: numbers([0, 3]) },
    run: ({ a, b }) => [tf.concat([a, b])],
  },
  stack: { inputs: { a: numbers([2, 3]), b: numbers([2, 3]) }, run: ({ a, b }) => tf.stack([a, b], 1) },
  'stack behind': {
    inputs: { a: numbers([2, 3]), b: numbers([2, 3]) },
    run: ({ a, b }) => tf.stack([a, b], -1),
  },
  'stack one': { inputs: { a: integers([2, 3]) }, run: ({ a }) => tf.stack([a]) },
});

compareWithEager('slices', slices, {
  slice: { inputs: { x: numbers([3, 4, 5]) }, run: ({ x }) => tf.slice(x, [1, 0, 2], [2, -1, 3]) },
  'slice integers and truths': {
    inputs: { x: integers([6]), y: bools([6]) },
    run: ({ x, y }) => [tf.slice(x, 2), tf.slice(y, 1, 3), tf.slice(x, 0)],
  },
  split: {
    inputs: { x: numbers([2, 6]) },
    run: ({ x }) => {
      const [a, b, c] = tf.split(x, 3, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return tf.add(tf.mul(a, b), c);
    },
  },
  'split unequally': { inputs: { x: integers([7, 2]) }, run: ({ x }) => tf.split(x, [1, 4, 2]) },
  'split by a rest': { inputs: { x: numbers([2, 7]) }, run: ({ x }) => tf.split(x, [2, -1], -1) },
  'split into one': { inputs: { x: numbers([2, 7]) }, run: ({ x }) => tf.split(x, 1) },
  unstack: {
    inputs: { x: numbers([2, 3, 4]) },
    run: ({ x }) => {
      const [a, b, c] = tf.unstack(x, 1) as [tf.Tensor, tf.Tensor, tf.Tensor];
      return tf.sub(tf.mul(a, b), c);
    },
  },
  'unstack integers': { inputs: { x: integers([2, 3]) }, run: ({ x }) => tf.unstack(x, -1) },
  'strided slice': {
    inputs: { x: numbers([6, 7, 3]) },
    run: ({ x }) => [
      tf.stridedSlice(x, [1, 6, 0], [6, 0, 3], [2, -2, 1]),
      tf.stridedSlice(x, [1, 2, 0], [6, 0, 3], [2, 1, 1], 0, 2, 0, 0, 4),
      tf.stridedSlice(x, [0, 1], [0, 3], [1, 1], 0, 0, 1),
    ],
  },
});

compareWithEager('padding', padding, {
  pad: {
    inputs: { x: numbers([2, 3]) },
    run: ({ x }) =>
      tf.pad(
        x,
        [
          [1, 2],
          [0, 3],
        ],
        0.5,
      ),
  },
  'pad nothing': { inputs: { x: numbers([2]) }, run: ({ x }) => tf.pad(x, [[0, 0]]) },
  'pad integers and truths': {
    inputs: { x: integers([3]), y: bools([3]) },
    run: ({ x, y }) => [tf.pad(x, [[1, 1]], 7), tf.pad(y, [[2, 0]])],
  },
  reflect: {
    inputs: { x: numbers([3, 4]) },
    run: ({ x }) => [
      tf.mirrorPad(
        x,
        [
          [1, 2],
          [2, 0],
        ],
        'reflect',
      ),
    ],
  },
  symmetric: {
    inputs: { x: numbers([3, 4]) },
    run: ({ x }) => [
      tf.mirrorPad(
        x,
        [
          [1, 2],
          [2, 0],
        ],
        'symmetric',
      ),
    ],
  },
});

compareWithEager('reversals', reversals, {
  reverse: { inputs: { x: numbers([2, 3, 4]) }, run: ({ x }) => tf.reverse(x, [0, 2]) },
  'reverse all': { inputs: { x: integers([2, 3]) }, run: ({ x }) => tf.reverse(x) },
  'reverse truths': { inputs: { x: bools([5]) }, run: ({ x }) => tf.reverse(x, -1) },
  'flip images': { inputs: { x: numbers([2, 3, 4, 1]) }, run: ({ x }) => [tf.image.flipLeftRight(x)] },
});
