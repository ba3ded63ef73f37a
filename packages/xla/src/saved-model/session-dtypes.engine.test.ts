import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, inject, it } from 'vitest';
import { constant, node, placeholder, reference } from '../../testing/nodes.js';
import type { HostConstant } from '../graph/attribute.js';
import type { NodeDefinition } from '../graph/saved-model.js';
import { openSession } from './session.js';

const constants: Record<string, HostConstant> = {
  'float32 [2, 2]': {
    dtype: 'float32',
    shape: [2, 2],
    values: Float32Array.of(-0.5, 1e-30, Number.NaN, Infinity),
  },
  'float32 []': { dtype: 'float32', shape: [], values: Float32Array.of(3.25) },
  'float32 [0, 3]': { dtype: 'float32', shape: [0, 3], values: new Float32Array(0) },
  'float32 [2], part of a buffer': {
    dtype: 'float32',
    shape: [2],
    values: Float32Array.of(1, 2, 3, 4).subarray(1, 3),
  },
  'int32 [3]': { dtype: 'int32', shape: [3], values: Int32Array.of(-1, 0, 2 ** 31 - 1) },
  'bool [2]': { dtype: 'bool', shape: [2], values: Uint8Array.of(1, 0) },
  'complex64 [2]': { dtype: 'complex64', shape: [2], values: Float32Array.of(1, -2, 3, -4) },
};

/** Raw bytes of dtypes that TensorFlow.js has not, and what they are as one that it has. */
const lowered: Record<string, { given: HostConstant; as: 'float32' | 'int32'; numbers: number[] }> = {
  bfloat16: {
    given: { dtype: 'bfloat16', shape: [2], values: new Uint8Array(Uint16Array.of(0x3f80, 0xc0a0).buffer) },
    as: 'float32',
    numbers: [1, -5],
  },
  int64: {
    given: { dtype: 'int64', shape: [2], values: Int32Array.of(7, 0, -7, -1) },
    as: 'int32',
    numbers: [7, -7],
  },
};

describe.skipIf(inject('engine') !== 'tensorflow')('what goes through a session', () => {
  it.each(Object.entries(constants))('keeps its dtype, shape and values: %s', (_, given) => {
    const { dtype, shape, values } = given;
    const result = only([constant('c', given), identity('same', 'c', dtype)], 'same:0', dtype, shape);
    expect(result).toMatchObject({ dtype, shape });
    expect(Array.from(result.dataSync())).toEqual(Array.from(values));
  });

  it.each(Object.entries(lowered))('holds constants of %s inside', (_, { given, as, numbers }) => {
    const cast = node('cast', 'Cast', ['c'], { SrcT: { type: given.dtype }, DstT: { type: as } });
    expect(Array.from(only([constant('c', given), cast], 'cast:0', as, given.shape).dataSync())).toEqual(
      numbers,
    );
  });

  it.each([
    ['float32', () => tf.tensor2d([[1.5], [2]])],
    ['int32', () => tf.tensor1d([1, -2], 'int32')],
    ['bool', () => tf.tensor1d([true, false], 'bool')],
    ['complex64', () => tf.complex([1, 2], [3, 4])],
    ['string', () => tf.tensor1d(['a', 'é'])],
  ] as const)('is as it was when it comes out: %s', (dtype, make) => {
    const x = make();
    const session = openSession({
      nodes: [placeholder('x', dtype, x.shape), identity('y', 'x', dtype)],
      functions: [],
      signatures: {
        run: {
          inputs: { x: reference('x:0', dtype, x.shape) },
          outputs: { y: reference('y:0', dtype, x.shape) },
        },
      },
    });
    const y = session.run('run', { x }).y as tf.Tensor;
    session.dispose();
    expect(y).toMatchObject({ dtype, shape: x.shape });
    expect(y.arraySync()).toEqual(x.arraySync());
  });
});

function identity(name: string, input: string, type: HostConstant['dtype']): NodeDefinition {
  return node(name, 'Identity', [input], { T: { type } });
}

function only(
  nodes: readonly NodeDefinition[],
  tensor: string,
  dtype: HostConstant['dtype'],
  shape: readonly number[],
): tf.Tensor {
  const outputs = { y: reference(tensor, dtype, shape) };
  const session = openSession({ nodes, functions: [], signatures: { run: { inputs: {}, outputs } } });
  const { y } = session.run('run', {});
  session.dispose();
  return y as tf.Tensor;
}
