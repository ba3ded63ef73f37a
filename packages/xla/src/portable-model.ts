import type * as tf from '@tensorflow/tfjs-core';
import type { Dtype, HostValues } from './graph/dtype.js';
import type { FunctionDefinition, NodeDefinition, SavedModel, Signature } from './graph/saved-model.js';
import { variableHandle } from './variable-signatures.js';

/**
 * A model whose initialiser gives every variable a value, for other programs to load. Its regions are plain functions:
 * servers that compile nothing run them too.
 */
export function portableModel(options: {
  readonly nodes: readonly NodeDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly signatures: Readonly<Record<string, Signature>>;
  /** Every variable with the values that it begins with. */
  readonly variables: readonly { readonly variable: tf.Variable; readonly values: HostValues }[];
}): SavedModel {
  const { nodes, functions, signatures, variables } = options;
  const initial = variables.flatMap(({ variable, values }, index): NodeDefinition[] => {
    const { shape } = variable;
    const dtype = variable.dtype as Dtype;
    return [
      variableHandle(`initial/handle${index}`, variable),
      {
        name: `initial/value${index}`,
        op: 'Const',
        inputs: [],
        attributes: { dtype: { type: dtype }, value: { tensor: { dtype, shape, values } } },
      },
      {
        name: `initial/assign${index}`,
        op: 'AssignVariableOp',
        inputs: [`initial/handle${index}`, `initial/value${index}`],
        attributes: { dtype: { type: dtype } },
      },
    ];
  });
  const initialiser: NodeDefinition = {
    name: 'initial/all',
    op: 'NoOp',
    inputs: variables.map((_variable, index) => `^initial/assign${index}`),
    attributes: {},
  };
  return {
    nodes: [...nodes.map(uncompiled), ...initial, initialiser],
    functions: functions.map(uncompiled),
    signatures,
    initialiser: initialiser.name,
  };
}

/** Without the mark that lets only XLA run it. */
function uncompiled<Definition extends NodeDefinition | FunctionDefinition>(
  definition: Definition,
): Definition {
  const { _XlaMustCompile, ...attributes } = definition.attributes;
  return { ...definition, attributes };
}
