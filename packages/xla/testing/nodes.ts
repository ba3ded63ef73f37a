import type { Attributes, HostConstant } from '../src/graph/attribute.js';
import type { Dtype } from '../src/graph/dtype.js';
import type { FunctionDefinition, NodeDefinition, TensorReference } from '../src/graph/saved-model.js';

/** A node by hand. */
export function node(
  name: string,
  op: string,
  inputs: readonly string[],
  attributes: Attributes = {},
): NodeDefinition {
  return { name, op, inputs, attributes };
}

export function constant(name: string, tensor: HostConstant): NodeDefinition {
  return node(name, 'Const', [], { dtype: { type: tensor.dtype }, value: { tensor } });
}

export function placeholder(name: string, dtype: Dtype, shape: readonly number[]): NodeDefinition {
  return node(name, 'Placeholder', [], { dtype: { type: dtype }, shape: { shape } });
}

/** A variable's handle, `name`, and its value, `name/read`. */
export function variable(name: string, dtype: Dtype, shape: readonly number[]): readonly NodeDefinition[] {
  return [
    node(name, 'VarHandleOp', [], {
      container: { text: '' },
      shared_name: { text: name },
      dtype: { type: dtype },
      shape: { shape },
    }),
    node(`${name}/read`, 'ReadVariableOp', [name], { dtype: { type: dtype } }),
  ];
}

/** Gives a variable a value, and a scalar to fetch that is there once this has happened: `name/done`. */
export function assign(
  name: string,
  variable: string,
  value: string,
  dtype: Dtype,
): readonly NodeDefinition[] {
  return [
    node(name, 'AssignVariableOp', [variable, value], { dtype: { type: dtype } }),
    constant(`${name}/zero`, { dtype: 'float32', shape: [], values: Float32Array.of(0) }),
    node(`${name}/done`, 'Identity', [`${name}/zero`, `^${name}`], { T: { type: 'float32' } }),
  ];
}

export function reference(tensor: string, dtype: Dtype, shape: readonly number[]): TensorReference {
  return { tensor, dtype, shape };
}

/** `exp(x) + 1` of a float32 tensor, compiled by XLA. */
export const expPlusOne: FunctionDefinition = {
  name: 'exp_plus_one',
  inputs: [{ name: 'x', dtype: 'float32' }],
  outputs: [{ name: 'y', dtype: 'float32' }],
  nodes: [
    node('exp', 'Exp', ['x'], { T: { type: 'float32' } }),
    constant('one', { dtype: 'float32', shape: [], values: Float32Array.of(1) }),
    node('sum', 'AddV2', ['exp:y:0', 'one:output:0'], { T: { type: 'float32' } }),
  ],
  results: { y: 'sum:z:0' },
  attributes: { _XlaMustCompile: { bool: true }, _noinline: { bool: true } },
};

/** Calls `expPlusOne`. */
export function callExpPlusOne(name: string, input: string): NodeDefinition {
  return node(name, 'PartitionedCall', [input], {
    Tin: { types: ['float32'] },
    Tout: { types: ['float32'] },
    f: { function: expPlusOne.name },
    _XlaMustCompile: { bool: true },
    _noinline: { bool: true },
  });
}
