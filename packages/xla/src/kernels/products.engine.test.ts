import * as tf from '@tensorflow/tfjs-core';
import { type Comparison, compareWithEager } from '../../testing/compare-with-eager.js';
import { integers, numbers } from '../../testing/random-tensors.js';
import { products } from './products.js';

const { matMul } = tf.fused;
const activations = ['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu'] as const;
const flags = [false, true].flatMap((a) => [false, true].map((b) => [a, b] as const));

const shapeOf = (batch: readonly number[], rows: number, columns: number, transposed: boolean) =>
  transposed ? [...batch, columns, rows] : [...batch, rows, columns];

const withFlags = (
  title: string,
  batchA: readonly number[],
  batchB: readonly number[],
): Record<string, Comparison> =>
  Object.fromEntries(
    flags.map(([a, b]): [string, Comparison] => [
      `${title}${a ? ', left transposed' : ''}${b ? ', right transposed' : ''}`,
      {
        inputs: { x: numbers(shapeOf(batchA, 3, 4, a)), y: numbers(shapeOf(batchB, 4, 5, b)) },
        run: ({ x, y }) => tf.matMul(x, y, a, b),
        // TensorFlow.js doesn't add gradients up over matrices that were used repeatedly.
        ...(batchA.join() === batchB.join() ? {} : { gradients: [] }),
      },
    ]),
  );

const fused = Object.fromEntries(
  activations.map((activation): [string, Comparison] => [
    `fused with ${activation}`,
    {
      inputs: { a: numbers([3, 4]), b: numbers([4, 5]), bias: numbers([5]) },
      run: ({ a, b, bias }) => matMul({ a, b, bias, activation, leakyreluAlpha: 0.3 }),
      ...(['linear', 'relu', 'relu6', 'elu'].includes(activation) ? {} : { gradients: [] }),
    },
  ]),
);

compareWithEager('products', products, {
  ...withFlags('matrices', [], []),
  ...withFlags('one matrix each', [1], [1]),
  ...withFlags('batches', [6], [6]),
  ...withFlags('batches of batches', [2, 3], [2, 3]),
  ...withFlags('a batch by a matrix', [2, 3], []),
  ...withFlags('a matrix by a batch', [], [3]),
  ...withFlags('broadcast batches', [2, 1], [3]),
  ...fused,
  'transposed before': {
    inputs: { a: numbers([4, 3]), b: numbers([5, 4]) },
    run: ({ a, b }) => tf.matMul(tf.transpose(a), tf.transpose(b)),
  },
  'transposed before and by flags': {
    inputs: { a: numbers([2, 3, 4]), b: numbers([2, 4, 5]) },
    run: ({ a, b }) => tf.matMul(tf.transpose(a, [0, 2, 1]), tf.transpose(b, [0, 2, 1]), true, true),
  },
  'transposed and reshaped before': {
    inputs: { a: numbers([4, 3]), b: numbers([4, 5]) },
    run: ({ a, b }) => tf.matMul(tf.reshape(tf.transpose(a), [1, 3, 4]), tf.reshape(b, [1, 4, 5])),
  },
  'batches transposed': {
    inputs: { a: numbers([3, 2, 4]), b: numbers([2, 4, 5]) },
    run: ({ a, b }) => tf.matMul(tf.transpose(a, [1, 0, 2]), b),
  },
  vectors: { inputs: { a: numbers([4]), b: numbers([4, 3]) }, run: ({ a, b }) => tf.dot(a, b) },
  integers: { inputs: { a: integers([3, 4]), b: integers([4, 2]) }, run: ({ a, b }) => tf.matMul(a, b) },
  'fused, with slopes': {
    inputs: { a: numbers([2, 3, 4]), b: numbers([2, 4, 5]), slopes: numbers([5], 0.1, 0.4) },
    run: ({ a, b, slopes }) => matMul({ a, b, activation: 'prelu', preluActivationWeights: slopes }),
    gradients: [],
  },
  einsum: {
    inputs: { a: numbers([2, 3, 4]), b: numbers([4, 5]), c: numbers([5]) },
    run: ({ a, b, c }) => [
      tf.einsum('bij,jk->bik', a, b),
      tf.einsum('jk,k->j', b, c),
      tf.einsum('bij->bji', a),
      tf.einsum('k,k->', c, c),
    ],
  },
});
