import * as tf from '@tensorflow/tfjs-core';
import { type Comparison, compareWithEager } from '../../testing/compare-with-eager.js';
import { exactly, integers, numbers } from '../../testing/random-tensors.js';
import { functions } from './functions.js';

type Function = (x: tf.Tensor) => tf.Tensor;

const everywhere: readonly Function[] = [
  tf.neg,
  tf.abs,
  tf.sign,
  tf.square,
  tf.exp,
  tf.expm1,
  tf.erf,
  tf.floor,
  tf.ceil,
  tf.round,
  tf.sin,
  tf.cos,
  tf.atan,
  tf.sinh,
  tf.cosh,
  tf.tanh,
  tf.asinh,
  tf.sigmoid,
  tf.logSigmoid,
  tf.softplus,
  tf.relu,
  tf.relu6,
  tf.elu,
  tf.selu,
  tf.leakyRelu,
  tf.step,
];
const positive: readonly Function[] = [tf.sqrt, tf.rsqrt, tf.reciprocal, tf.log, tf.log1p];
const belowOne: readonly Function[] = [tf.asin, tf.acos, tf.atanh, tf.tan];
const ofIntegers: readonly Function[] = [tf.neg, tf.abs, tf.sign, tf.square, tf.relu, tf.relu6];
const strange: readonly Function[] = [tf.exp, tf.log, tf.sqrt, tf.tanh, tf.relu, tf.step, tf.abs, tf.sigmoid];

const onDomain = (functions: readonly Function[], low: number, high: number): Record<string, Comparison> =>
  Object.fromEntries(
    functions.map((compute) => [
      compute.name.replace('__op', ''),
      { inputs: { x: numbers([4, 6], low, high) }, run: ({ x }: { x: tf.Tensor }) => compute(x) },
    ]),
  );

compareWithEager('functions', functions, {
  ...onDomain(everywhere, -3, 7),
  ...onDomain(positive, 0.1, 4),
  ...onDomain(belowOne, -0.9, 0.9),
  ...onDomain([tf.acosh], 1.1, 4),
  'functions of integers': {
    inputs: { x: integers([3, 4]) },
    run: ({ x }) => ofIntegers.map((compute) => compute(x)),
  },
  'functions of a scalar': {
    inputs: { x: numbers([], 0.2, 0.8) },
    run: ({ x }) => [...everywhere, ...positive, ...belowOne].map((compute) => compute(x)),
  },
  'functions of nothing': {
    inputs: { x: numbers([0, 3]) },
    run: ({ x }) => [tf.exp(x), tf.step(x), tf.relu(x)],
  },
  'functions of what is no number': {
    inputs: { x: exactly([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -1, 0, 2]) },
    run: ({ x }) => strange.map((compute) => compute(x)),
  },
  'step with a slope': { inputs: { x: numbers([9]) }, run: ({ x }) => tf.step(x, 0.25), gradients: [] },
  'leakyRelu with a slope': { inputs: { x: numbers([9]) }, run: ({ x }) => tf.leakyRelu(x, 0.3) },
  prelu: {
    inputs: { x: numbers([2, 3, 4]), alpha: numbers([4], 0.1, 0.4) },
    run: ({ x, alpha }) => tf.prelu(x, alpha),
  },
});
