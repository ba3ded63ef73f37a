import * as tf from '@tensorflow/tfjs-core';
import { compareWithEager } from '../../testing/compare-with-eager.js';
import { numbers } from '../../testing/random-tensors.js';
import { sumsInFloat32 } from '../../testing/sums-in-float32.js';
import { convolutions } from './convolutions.js';
import { products } from './products.js';

const images = numbers([2, 7, 8, 3]);
const filter = numbers([3, 3, 3, 4]);

// A bfloat16 has 8 significant bits: each operand and each result is wrong by up to 2^-9 of its size, 0.2 %, and where sums on
// the way are bfloat16 too, by twice as much.
compareWithEager(
  'products in bfloat16',
  { ...products, ...convolutions },
  {
    matrices: { inputs: { a: numbers([8, 16]), b: numbers([16, 5]) }, run: ({ a, b }) => tf.matMul(a, b) },
    batches: {
      inputs: { a: numbers([3, 8, 16]), b: numbers([3, 5, 16]) },
      run: ({ a, b }) => tf.matMul(a, b, false, true),
    },
    'products of products, moved between': {
      inputs: { a: numbers([8, 16]), b: numbers([16, 8]) },
      run: ({ a, b }) => {
        const product = tf.matMul(a, b);
        const [left, right] = tf.split(product, 2, 1) as [tf.Tensor, tf.Tensor];
        const turned = tf.transpose(tf.reshape(tf.concat([left, right]), [2, 8, 4]), [0, 2, 1]);
        return tf.matMul(
          turned,
          tf.stack(tf.unstack(tf.reshape(tf.slice(product, [0, 0], [-1, 8]), [2, 8, 4]))),
        );
      },
    },
    fused: {
      inputs: { a: numbers([8, 16]), b: numbers([16, 5]), bias: numbers([5]) },
      run: ({ a, b, bias }) => tf.fused.matMul({ a, b, bias, activation: 'relu' }),
      gradients: [],
    },
    einsum: {
      inputs: { a: numbers([8, 16]), b: numbers([16, 5]) },
      run: ({ a, b }) => [tf.einsum('ij,jk->ki', a, b)],
    },
    images: { inputs: { x: images, filter }, run: ({ x, filter }) => tf.conv2d(x, filter, 2, 'same') },
    'images, fused': {
      inputs: { x: images, filter },
      run: ({ x, filter }) => tf.fused.conv2d({ x, filter, strides: 1, pad: 'valid' }),
    },
    'images per channel': {
      inputs: { x: images, filter },
      run: ({ x, filter }) => tf.depthwiseConv2d(x, filter, 1, 'same'),
    },
    'images per channel, fused': {
      inputs: { x: images, filter },
      run: ({ x, filter }) => tf.fused.depthwiseConv2d({ x, filter, strides: 1, pad: 'valid' }),
    },
    volumes: {
      inputs: { x: numbers([2, 4, 4, 4, 3]), filter: numbers([2, 2, 2, 3, 4]) },
      run: ({ x, filter }) => tf.conv3d(x, filter, 1, 'same'),
    },
  },
  { precision: 'bf16', tolerance: sumsInFloat32() ? 1e-2 : 2e-2 },
);
