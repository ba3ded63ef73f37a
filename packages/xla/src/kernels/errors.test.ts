import { describe, expect, it } from 'vitest';
import { createGraph, type Value } from '../graph/graph.js';
import { kernels } from './kernels.js';

const graph = createGraph();
const placeholder = (...shape: number[]): Value =>
  graph.add('Placeholder', [], { outputs: [{ dtype: 'float32', shape }], distinct: true })
    .outputs[0] as Value;

describe('what cannot be compiled is said', () => {
  it('of a number as padding', () => {
    const inputs = { x: placeholder(1, 4, 4, 2), filter: placeholder(3, 3, 2, 1) };
    const attributes = { strides: 1, pad: 1, dilations: 1, dataFormat: 'NHWC' };
    expect(() => kernels.Conv2D?.record({ graph, inputs, attributes })).toThrow(
      "Pad with tf.pad first, and give 'valid'",
    );
  });

  it('of an unknown activation', () => {
    const inputs = { a: placeholder(2, 3), b: placeholder(3, 4) };
    const attributes = { transposeA: false, transposeB: false, activation: 'gelu' };
    expect(() => kernels._FusedMatMul?.record({ graph, inputs, attributes })).toThrow(
      'A fused op has the activation gelu; known are linear, relu, relu6, elu, sigmoid, leakyrelu, prelu.',
    );
  });
});
