import * as tf from '@tensorflow/tfjs-core';
import { compareWithEager } from '../../testing/compare-with-eager.js';
import { bools, exactly, integers, numbers } from '../../testing/random-tensors.js';
import { comparisons } from './comparisons.js';

const { NaN: none, POSITIVE_INFINITY: infinite } = Number;
const relations = [tf.equal, tf.notEqual, tf.greater, tf.greaterEqual, tf.less, tf.lessEqual];

compareWithEager('comparisons', comparisons, {
  'of floats': {
    inputs: { a: exactly([1, 2, 3, 4, none, infinite]), b: exactly([1, 3, 2, 4, 5, infinite]) },
    run: ({ a, b }) => relations.map((relation) => relation(a, b)),
  },
  'of integers, broadcast': {
    inputs: { a: integers([3, 1], 0, 3), b: integers([2, 1, 4], 0, 3) },
    run: ({ a, b }) => relations.map((relation) => relation(a, b)),
  },
  'of an integer and a float': {
    inputs: { a: integers([5]), b: numbers([5]) },
    run: ({ a, b }) => relations.map((relation) => relation(a, b)),
  },
  'of truths': {
    inputs: { a: bools([5]), b: bools([5]) },
    run: ({ a, b }) => [tf.equal(a, b), tf.notEqual(a, b)],
  },
  logic: {
    inputs: { a: bools([4, 3]), b: bools([3]) },
    run: ({ a, b }) => [tf.logicalAnd(a, b), tf.logicalOr(a, b), tf.logicalXor(a, b), tf.logicalNot(a)],
  },
  'what is no number': {
    inputs: { x: exactly([none, infinite, -infinite, 0, 1]) },
    run: ({ x }) => [tf.isNaN(x), tf.isInf(x), tf.isFinite(x)],
  },
  where: {
    inputs: { condition: bools([3, 4]), a: numbers([3, 4]), b: numbers([3, 4]) },
    run: ({ condition, a, b }) => tf.where(condition, a, b),
  },
  'where, broadcast': {
    inputs: { condition: bools([4]), a: integers([3, 4]), b: integers([]) },
    run: ({ condition, a, b }) => tf.where(condition, a, b),
  },
});
