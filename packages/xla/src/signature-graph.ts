import type * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from './graph/dtype.js';
import type { GraphNode, Value } from './graph/graph.js';
import type { FunctionDefinition, NodeDefinition, Signature, TensorReference } from './graph/saved-model.js';
import { writeGraph } from './islands/write-graph.js';
import type { Trace } from './trace/trace.js';

/** A signature and what it runs. */
export interface SignatureGraph {
  readonly nodes: readonly NodeDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly signature: Signature;
}

/** Writes a trace as a signature: its outputs are there once all its assignments are done. */
export function signatureGraph(trace: Trace, prefix: string): SignatureGraph {
  const { graph, inputs, outputs, variables } = trace;
  const assignments = variables.flatMap(({ handle, read, assigned }) =>
    assigned === undefined
      ? []
      : [
          graph.add('AssignVariableOp', [...handle.outputs, assigned], {
            attributes: { dtype: { type: assigned.dtype } },
            outputs: [],
            after: read === undefined ? [] : [read],
            distinct: true,
          }),
        ],
  );
  const results = Object.entries(outputs).map(([name, value]) => [name, fetched(value)] as const);
  function fetched(value: Value): GraphNode {
    return graph.add('Identity', [value], {
      attributes: { T: { type: value.dtype } },
      outputs: [value],
      after: assignments,
      distinct: true,
    });
  }
  const placeholders = Object.values(inputs).map(({ node }) => node);
  const { nodes, functions, tensorOf } = writeGraph(
    [...results.map(([, node]) => node), ...assignments, ...placeholders],
    prefix,
  );
  const refer = (value: Value): TensorReference => ({
    tensor: tensorOf(value),
    dtype: value.dtype,
    shape: value.shape,
  });
  return {
    nodes,
    functions,
    signature: {
      inputs: Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, refer(value)])),
      outputs: Object.fromEntries(results.map(([name, node]) => [name, refer(node.outputs[0] as Value)])),
    },
  };
}

/** The name of a variable as an input or output of the signatures that move all variables. */
export const variableInput = (index: number): string => `variable${index}`;

/** The signatures `variables/assign` and `variables/fetch`, which carry all variables in and out at once. */
export function variableSignatures(variables: readonly tf.Variable[]): {
  readonly nodes: readonly NodeDefinition[];
  readonly signatures: Readonly<Record<'variables/assign' | 'variables/fetch', Signature>>;
} {
  const described = variables.map(({ name, dtype, shape }, index) => ({
    name: variableInput(index),
    sharedName: name,
    dtype: dtype as Dtype,
    shape,
  }));
  const nodes = described.flatMap(({ name, sharedName, dtype, shape }): NodeDefinition[] => [
    {
      name: `handle/${name}`,
      op: 'VarHandleOp',
      inputs: [],
      attributes: {
        container: { text: '' },
        shared_name: { text: sharedName },
        dtype: { type: dtype },
        shape: { shape },
      },
    },
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
