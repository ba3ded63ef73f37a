import type * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from './graph/dtype.js';
import type { NodeDefinition, Signature } from './graph/saved-model.js';

/** The name of a variable as an input or output of the signatures that move all variables. */
export const variableInput = (index: number): string => `variable${index}`;

/** The node that stands for a variable; those of one name stand for the same one. */
export function variableHandle(name: string, { name: variable, dtype, shape }: tf.Variable): NodeDefinition {
  return {
    name,
    op: 'VarHandleOp',
    inputs: [],
    attributes: {
      container: { text: '' },
      shared_name: { text: variable },
      dtype: { type: dtype as Dtype },
      shape: { shape },
    },
  };
}

/** The signatures `variables/assign` and `variables/fetch`, which carry all variables in and out at once. */
export function variableSignatures(variables: readonly tf.Variable[]): {
  readonly nodes: readonly NodeDefinition[];
  readonly signatures: Readonly<Record<'variables/assign' | 'variables/fetch', Signature>>;
} {
  const described = variables.map((variable, index) => ({
    variable,
    name: variableInput(index),
    dtype: variable.dtype as Dtype,
    shape: variable.shape,
  }));
  const nodes = described.flatMap(({ variable, name, dtype, shape }): NodeDefinition[] => [
    variableHandle(`handle/${name}`, variable),
    {
      name: `value/${name}`,
      op: 'Placeholder',
      inputs: [],
      attributes: { dtype: { type: dtype }, shape: { shape } },
    },
    {
      name: `assign/${name}`,
      op: 'AssignVariableOp',
      inputs: [`handle/${name}`, `value/${name}`],
      attributes: { dtype: { type: dtype } },
    },
    {
      name: `read/${name}`,
      op: 'ReadVariableOp',
      inputs: [`handle/${name}`],
      attributes: { dtype: { type: dtype } },
    },
  ]);
  // The binding fetches tensors only: this one is there once all are assigned.
  const done: NodeDefinition[] = [
    {
      name: 'assign/zero',
      op: 'Const',
      inputs: [],
      attributes: {
        dtype: { type: 'float32' },
        value: { tensor: { dtype: 'float32', shape: [], values: Float32Array.of(0) } },
      },
    },
    {
      name: 'assign/done',
      op: 'Identity',
      inputs: ['assign/zero', ...described.map(({ name }) => `^assign/${name}`)],
      attributes: { T: { type: 'float32' } },
    },
  ];
  const references = (folder: string) =>
    Object.fromEntries(
      described.map(({ name, dtype, shape }) => [name, { tensor: `${folder}/${name}:0`, dtype, shape }]),
    );
  return {
    nodes: [...nodes, ...done],
    signatures: {
      'variables/assign': {
        inputs: references('value'),
        outputs: { done: { tensor: 'assign/done:0', dtype: 'float32', shape: [] } },
      },
      'variables/fetch': { inputs: {}, outputs: references('read') },
    },
  };
}
