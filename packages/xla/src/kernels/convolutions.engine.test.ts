import * as tf from '@tensorflow/tfjs-core';
import { compareWithEager } from '../../testing/compare-with-eager.js';
import { numbers } from '../../testing/random-tensors.js';
import { convolutions } from './convolutions.js';

const images = numbers([2, 7, 8, 3]);

compareWithEager('convolutions', convolutions, {
  'same size': {
    inputs: { x: images, filter: numbers([3, 3, 3, 4]) },
    run: ({ x, filter }) => tf.conv2d(x, filter, 1, 'same'),
  },
  'valid, with strides': {
    inputs: { x: images, filter: numbers([2, 3, 3, 5]) },
    run: ({ x, filter }) => tf.conv2d(x, filter, [2, 3], 'valid'),
  },
  'one image': {
    inputs: { x: numbers([5, 6, 2]), filter: numbers([1, 1, 2, 3]) },
    run: ({ x, filter }) => tf.conv2d(x, filter, 1, 'valid'),
  },
  dilated: {
    inputs: { x: images, filter: numbers([3, 3, 3, 4]) },
    run: ({ x, filter }) => tf.conv2d(x, filter, 1, 'same', 'NHWC', 2),
    gradients: [],
  },
  'given margins': {
    inputs: { x: images, filter: numbers([3, 3, 3, 4]) },
    run: ({ x, filter }) =>
      tf.conv2d(x, filter, 1, [
        [0, 0],
        [1, 2],
        [0, 1],
        [0, 0],
      ]),
    gradients: [],
  },
  'along one axis': {
    inputs: { x: numbers([2, 9, 3]), filter: numbers([3, 3, 4]) },
    run: ({ x, filter }) => tf.conv1d(x, filter, 2, 'same'),
  },
  transposed: {
    inputs: { x: numbers([2, 4, 4, 3]), filter: numbers([2, 2, 5, 3]) },
    run: ({ x, filter }) => tf.conv2dTranspose(x, filter, [2, 8, 8, 5], 2, 'same'),
  },
  'per channel': {
    inputs: { x: images, filter: numbers([3, 3, 3, 2]) },
    run: ({ x, filter }) => tf.depthwiseConv2d(x, filter, 1, 'same'),
  },
  'per channel, with strides': {
    inputs: { x: images, filter: numbers([3, 3, 3, 1]) },
    run: ({ x, filter }) => tf.depthwiseConv2d(x, filter, 2, 'valid'),
  },
  separable: {
    inputs: { x: images, depthwise: numbers([3, 3, 3, 1]), pointwise: numbers([1, 1, 3, 4]) },
    run: ({ x, depthwise, pointwise }) => tf.separableConv2d(x, depthwise, pointwise, 1, 'same'),
  },
  'fused with bias and relu': {
    inputs: { x: images, filter: numbers([3, 3, 3, 4]), bias: numbers([4]) },
    run: ({ x, filter, bias }) =>
      tf.fused.conv2d({ x, filter, strides: 1, pad: 'same', bias, activation: 'relu' }),
  },
  'per channel, fused with bias and relu6': {
    inputs: { x: images, filter: numbers([3, 3, 3, 1]), bias: numbers([3]) },
    run: ({ x, filter, bias }) =>
      tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'same', bias, activation: 'relu6' }),
  },
  volumes: {
    inputs: { x: numbers([2, 4, 5, 6, 2]), filter: numbers([2, 3, 2, 2, 3]) },
    run: ({ x, filter }) => tf.conv3d(x, filter, [1, 2, 1], 'same'),
  },
  'volumes, transposed': {
    inputs: { x: numbers([1, 2, 3, 2, 2]), filter: numbers([2, 2, 2, 3, 2]) },
    run: ({ x, filter }) => tf.conv3dTranspose(x, filter, [1, 4, 6, 4, 3], 2, 'same'),
    gradients: [],
  },
});
