import * as tf from '@tensorflow/tfjs-core';
import { compareWithEager } from '../../testing/compare-with-eager.js';
import { exactly, integers, numbers } from '../../testing/random-tensors.js';
import { blocks } from './blocks.js';
import { morphology } from './morphology.js';
import { normalisation } from './normalisation.js';
import { pooling } from './pooling.js';
import { resizing } from './resizing.js';

const images = numbers([2, 6, 7, 3]);
const volumes = numbers([2, 4, 5, 6, 2]);

compareWithEager('pooling', pooling, {
  'maximum, valid': { inputs: { x: images }, run: ({ x }) => tf.maxPool(x, 2, 2, 'valid') },
  'maximum, same size': { inputs: { x: images }, run: ({ x }) => tf.maxPool(x, [3, 2], 1, 'same') },
  'average, valid': { inputs: { x: images }, run: ({ x }) => tf.avgPool(x, [2, 3], [1, 2], 'valid') },
  'average, same size': { inputs: { x: images }, run: ({ x }) => tf.avgPool(x, 3, 1, 'same') },
  'one image': { inputs: { x: numbers([4, 4, 2]) }, run: ({ x }) => tf.avgPool(x, 2, 2, 'valid') },
  'maximum of volumes': { inputs: { x: volumes }, run: ({ x }) => tf.maxPool3d(x, 2, 2, 'same') },
  'average of volumes': { inputs: { x: volumes }, run: ({ x }) => tf.avgPool3d(x, [2, 1, 3], 1, 'valid') },
});

compareWithEager('morphology', morphology, {
  dilation: {
    inputs: { x: images, filter: numbers([3, 2, 3]) },
    run: ({ x, filter }) => tf.dilation2d(x, filter, 1, 'same'),
  },
  'dilation with strides': {
    inputs: { x: images, filter: numbers([2, 2, 3]) },
    run: ({ x, filter }) => tf.dilation2d(x, filter, 2, 'valid'),
  },
});

compareWithEager('normalisation', normalisation, {
  'batch normalisation': {
    inputs: {
      x: images,
      mean: numbers([3]),
      variance: numbers([3], 0.5, 2),
      offset: numbers([3]),
      scale: numbers([3]),
    },
    run: ({ x, mean, variance, offset, scale }) => tf.batchNorm(x, mean, variance, offset, scale),
  },
  'batch normalisation without scale': {
    inputs: { x: numbers([4, 3]), mean: numbers([3]), variance: numbers([3], 0.5, 2) },
    run: ({ x, mean, variance }) => tf.batchNorm(x, mean, variance, undefined, undefined, 0.1),
    gradients: [],
  },
  'batch normalisation of single numbers': {
    inputs: {
      x: numbers([4, 3]),
      mean: numbers([4, 3]),
      variance: numbers([4, 3], 0.5, 2),
      offset: numbers([4, 3]),
    },
    run: ({ x, mean, variance, offset }) => tf.batchNorm(x, mean, variance, offset),
    gradients: [],
  },
  'local response normalisation': {
    inputs: { x: numbers([1, 3, 3, 6]) },
    run: ({ x }) => tf.localResponseNormalization(x, 2, 1.5, 0.7, 0.6),
  },
});

compareWithEager('resizing', resizing, {
  bilinear: { inputs: { x: images }, run: ({ x }) => tf.image.resizeBilinear(x, [9, 5]) },
  'bilinear, corners aligned': {
    inputs: { x: images },
    run: ({ x }) => tf.image.resizeBilinear(x, [9, 5], true),
  },
  'bilinear, half pixels': {
    inputs: { x: images },
    run: ({ x }) => tf.image.resizeBilinear(x, [9, 5], false, true),
  },
  'bilinear of integers': {
    inputs: { x: integers([1, 3, 3, 2]) },
    run: ({ x }) => tf.image.resizeBilinear(x, [5, 5]),
  },
  nearest: { inputs: { x: images }, run: ({ x }) => tf.image.resizeNearestNeighbor(x, [9, 5]) },
  'nearest, corners aligned': {
    inputs: { x: images },
    run: ({ x }) => tf.image.resizeNearestNeighbor(x, [9, 5], true),
  },
  'nearest of integers, half pixels': {
    inputs: { x: integers([1, 3, 3, 2]) },
    run: ({ x }) => tf.image.resizeNearestNeighbor(x, [5, 4], false, true),
  },
  'crop and resize': {
    inputs: {
      x: images,
      boxes: exactly([0, 0, 1, 1, 0.2, 0.1, 0.7, 0.9, -0.5, 0, 0.5, 1.5], [3, 4]),
      image: exactly([0, 1, 1], [3], 'int32'),
    },
    run: ({ x, boxes, image }) => [
      tf.image.cropAndResize(x, boxes, image, [3, 4], 'bilinear', 0.5),
      tf.image.cropAndResize(x, boxes, image, [3, 4], 'nearest'),
    ],
  },
});

compareWithEager('blocks', blocks, {
  'channels to space': { inputs: { x: numbers([2, 2, 3, 8]) }, run: ({ x }) => [tf.depthToSpace(x, 2)] },
  'space to batch': {
    inputs: { x: numbers([2, 3, 4, 2]) },
    run: ({ x }) =>
      tf.spaceToBatchND(
        x,
        [2, 2],
        [
          [1, 0],
          [0, 2],
        ],
      ),
  },
  'batch to space': {
    inputs: { x: numbers([8, 2, 3, 2]) },
    run: ({ x }) =>
      tf.batchToSpaceND(
        x,
        [2, 2],
        [
          [1, 0],
          [0, 2],
        ],
      ),
  },
});
