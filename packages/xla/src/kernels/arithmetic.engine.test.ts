import * as tf from '@tensorflow/tfjs-core';
import { type Comparison, compareWithEager } from '../../testing/compare-with-eager.js';
import { integers, type MakeTensor, numbers } from '../../testing/random-tensors.js';
import { arithmetic } from './arithmetic.js';

type Binary = (a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

const each = (
  prefix: string,
  functions: readonly Binary[],
  a: MakeTensor,
  b: MakeTensor,
): Record<string, Comparison> =>
  Object.fromEntries(
    functions.map((compute) => [
      `${prefix} ${compute.name.replace('__op', '')}`,
      { inputs: { a, b }, run: ({ a, b }: Record<'a' | 'b', tf.Tensor>) => compute(a, b) },
    ]),
  );

const forFloats: readonly Binary[] = [tf.add, tf.sub, tf.mul, tf.div, tf.pow, tf.atan2, tf.mod, tf.floorDiv];
// Of these, TensorFlow.js doesn't add gradients up over elements that were used repeatedly.
const forOneShape: readonly Binary[] = [tf.maximum, tf.minimum, tf.squaredDifference];
const forIntegers: readonly Binary[] = [
  tf.add,
  tf.sub,
  tf.mul,
  tf.div,
  tf.squaredDifference,
  tf.mod,
  tf.floorDiv,
  tf.maximum,
  tf.minimum,
];

compareWithEager('arithmetic', arithmetic, {
  ...each('one shape,', [...forFloats, ...forOneShape], numbers([3, 5], 0.3, 2), numbers([3, 5], 0.3, 2)),
  ...each('broadcast,', forFloats, numbers([2, 1, 5], 0.3, 2), numbers([3, 1], 0.3, 2)),
  ...each('with a scalar,', forFloats, numbers([4], 0.3, 2), numbers([], 0.3, 2)),
  ...each('integers,', forIntegers, integers([3, 4]), integers([4], 1, 5)),
  'one shape for all, broadcast': {
    inputs: { a: numbers([2, 1, 5]), b: numbers([3, 1]) },
    run: ({ a, b }) => forOneShape.map((compute) => compute(a, b)),
  },
  'negative operands': {
    inputs: { a: numbers([9], -7, 7), b: numbers([9], 1, 3) },
    run: ({ a, b }) => [tf.mod(a, b), tf.mod(a, tf.neg(b)), tf.floorDiv(a, b), tf.pow(a, tf.scalar(3))],
  },
  'division by zero': {
    inputs: { a: numbers([4]) },
    run: ({ a }) => [
      tf.divNoNan(a, tf.zerosLike(a)),
      tf.div(a, tf.zerosLike(a)),
      tf.div(tf.zerosLike(a), tf.zerosLike(a)),
    ],
  },
  'floats and integers': {
    inputs: { a: numbers([2, 3]), b: integers([3], 1, 4), c: integers([2, 1], 0, 3) },
    run: ({ a, b, c }) => [tf.add(a, b), tf.mul(b, a), tf.div(a, b), tf.pow(b, c), tf.maximum(b, a)],
  },
  'several terms': {
    inputs: { a: numbers([2, 3]), b: numbers([2, 3]), c: numbers([2, 3]) },
    run: ({ a, b, c }) => tf.addN([a, b, c]),
  },
  'one term': { inputs: { a: numbers([2, 3]) }, run: ({ a }) => tf.addN([a]) },
  'factors of one': {
    inputs: { a: numbers([3, 1]) },
    run: ({ a }) => tf.add(tf.mul(a, tf.ones([2, 3, 4])), tf.mul(tf.scalar(1), a)),
  },
  'superfluous broadcasts': {
    inputs: { a: numbers([1, 4]), b: numbers([3, 1]) },
    run: ({ a, b }) => tf.mul(tf.broadcastTo(a, [3, 4]), tf.add(tf.broadcastTo(b, [3, 4]), tf.ones([3, 4]))),
  },
  clip: { inputs: { x: numbers([4, 4]) }, run: ({ x }) => tf.clipByValue(x, -0.5, 1.25) },
  'clip integers': { inputs: { x: integers([9]) }, run: ({ x }) => tf.clipByValue(x, -2, 3) },
});
