import * as tf from '@tensorflow/tfjs-core';
import { compareWithEager } from '../../testing/compare-with-eager.js';
import { bools, integers, numbers } from '../../testing/random-tensors.js';
import { complexNumbers } from './complex.js';
import { sources } from './sources.js';

compareWithEager('sources', sources, {
  fill: {
    inputs: { x: numbers([2, 3]), y: integers([4]) },
    run: ({ x, y }) => [
      tf.mul(x, tf.fill([2, 3], 0.3)),
      tf.add(y, tf.fill([4], 7, 'int32')),
      tf.fill([2], 1, 'bool'),
      tf.fill([], 2),
    ],
  },
  ranges: {
    inputs: { x: numbers([5]), y: integers([3]) },
    run: ({ x, y }) => [
      tf.mul(x, tf.range(0, 1, 0.2)),
      tf.add(y, tf.range(2, 8, 2, 'int32')),
      tf.range(5, 0),
      tf.range(3, 3),
      tf.range(0, 5, -1),
      tf.range(7, 1, -2, 'int32'),
    ],
  },
  'even steps': {
    inputs: { x: numbers([7]) },
    run: ({ x }) => [tf.mul(x, tf.linspace(-1, 2, 7)), tf.linspace(3, 3, 1)],
  },
  'zeros and ones': {
    inputs: { x: numbers([2, 3]), y: integers([3]), z: bools([3]) },
    run: (all) =>
      Object.values(all as Record<string, tf.Tensor>).flatMap((like) => [
        tf.zerosLike(like),
        tf.onesLike(like),
      ]),
  },
  'zeros and ones in sums': {
    inputs: { x: numbers([2, 3]) },
    run: ({ x }) => tf.add(tf.mul(tf.onesLike(x), 2), tf.mul(tf.zerosLike(x), x)),
  },
  meshgrid: { inputs: { x: numbers([3]), y: numbers([2]) }, run: ({ x, y }) => tf.meshgrid(x, y) },
});

compareWithEager('complex numbers', complexNumbers, {
  parts: {
    inputs: { a: numbers([2, 3]), b: numbers([2, 3]) },
    run: ({ a, b }) => {
      const x = tf.complex(a, b);
      const square = tf.mul(x, x);
      const more = tf.add(x, tf.sub(tf.onesLike(x), tf.zerosLike(x)));
      return [tf.real(square), tf.imag(more), tf.real(more), tf.abs(x), tf.imag(tf.exp(x))];
    },
  },
  'Fourier transform': {
    inputs: { a: numbers([2, 8]), b: numbers([2, 8]) },
    run: ({ a, b }) => {
      const x = tf.complex(a, b);
      return [tf.fft(x), tf.ifft(x)].flatMap((result) => [tf.real(result), tf.imag(result)]);
    },
  },
  'Fourier transform of real numbers': {
    inputs: { x: numbers([2, 8]) },
    run: ({ x }) => {
      const spectrum = tf.spectral.rfft(x);
      return [tf.real(spectrum), tf.imag(spectrum), tf.spectral.irfft(spectrum)];
    },
  },
});
