import * as tf from '@tensorflow/tfjs-core';
import { compareWithEager } from '../../testing/compare-with-eager.js';
import { bools, exactly, integers, numbers } from '../../testing/random-tensors.js';
import { scans } from './scans.js';
import { scattering } from './scattering.js';
import { selections } from './selections.js';

const pairs = exactly([0, 2, 1, 0, 1, 2], [3, 2], 'int32');

compareWithEager('selections', selections, {
  gather: {
    inputs: { x: numbers([4, 3]), indices: exactly([3, 0, 3], [3], 'int32') },
    run: ({ x, indices }) => tf.gather(x, indices),
  },
  'gather along another axis': {
    inputs: { x: numbers([2, 5, 3]), indices: integers([2, 3], 0, 5) },
    run: ({ x, indices }) => tf.gather(x, indices, 1),
  },
  'gather for each of a batch': {
    inputs: { x: numbers([3, 5, 2]), indices: integers([3, 4], 0, 5) },
    run: ({ x, indices }) => tf.gather(x, indices, 1, 1),
  },
  'gather integers and truths': {
    inputs: { x: integers([5]), y: bools([5]), indices: integers([3], 0, 5) },
    run: ({ x, y, indices }) => [tf.gather(x, indices), tf.gather(y, indices)],
  },
  'gather single elements and rows': {
    inputs: { x: numbers([2, 3, 4]), indices: pairs },
    run: ({ x, indices }) => [tf.gatherND(x, indices)],
  },
  'one-hot': {
    inputs: { indices: exactly([0, 2, 1, -1, 7], [5], 'int32') },
    run: ({ indices }) => [
      tf.oneHot(indices, 3),
      tf.oneHot(indices, 3, 0.9, 0.1, 'float32'),
      tf.oneHot(tf.reshape(indices, [5, 1]), 3, 1, 0, 'bool'),
    ],
  },
});

compareWithEager('scattering', scattering, {
  'sum of segments': {
    inputs: { x: numbers([5, 2]), segments: exactly([0, 2, 0, 1, 2], [5], 'int32') },
    run: ({ x, segments }) => tf.unsortedSegmentSum(x, segments, 4),
  },
  scatter: {
    inputs: { indices: pairs, updates: numbers([3, 4]) },
    run: ({ indices, updates }) => [tf.scatterND(indices, updates, [2, 3, 4])],
  },
  'scatter whole rows': {
    inputs: { indices: exactly([2, 0, 2], [3, 1], 'int32'), updates: numbers([3, 4]) },
    run: ({ indices, updates }) => [tf.scatterND(indices, updates, [5, 4])],
  },
  'scatter into a tensor': {
    inputs: { x: numbers([2, 3, 4]), indices: pairs, updates: numbers([3, 4]) },
    run: ({ x, indices, updates }) => [tf.tensorScatterUpdate(x, indices, updates)],
  },
  'sparse to dense': {
    inputs: { indices: exactly([0, 1, 1, 2], [2, 2], 'int32'), values: numbers([2]) },
    run: ({ indices, values }) => [tf.sparseToDense(indices, values, [2, 3], 0.5)],
  },
  counts: {
    inputs: { x: integers([9], 0, 4), weights: numbers([9]) },
    run: ({ x, weights }) => [tf.bincount(x, weights, 5)],
  },
});

compareWithEager('scans', scans, {
  'cumulative sum': { inputs: { x: numbers([3, 5]) }, run: ({ x }) => tf.cumsum(x, 1) },
  'cumulative sum, exclusive': { inputs: { x: numbers([3, 5]) }, run: ({ x }) => tf.cumsum(x, 1, true) },
  'cumulative sums of integers': {
    inputs: { x: integers([3, 5]) },
    run: ({ x }) => [tf.cumsum(x, 0), tf.cumsum(x, -1, true, true)],
  },
  'cumulative product': {
    inputs: { x: numbers([3, 5], 0.5, 2) },
    run: ({ x }) => [tf.cumprod(x, 1), tf.cumprod(x, 0, true, true)],
  },
  'the largest': {
    inputs: { x: numbers([3, 6]), y: integers([5]) },
    run: ({ x, y }) => [x, y].flatMap((tensor) => Object.values(tf.topk(tensor, 2)) as tf.Tensor[]),
  },
});
