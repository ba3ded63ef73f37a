import type { GraphNode, Value } from './graph/graph.js';
import type { FunctionDefinition, NodeDefinition, Signature, TensorReference } from './graph/saved-model.js';
import type { RegionPlan } from './islands/region-plans.js';
import { writeGraph } from './islands/write-graph.js';
import type { Trace } from './trace/trace.js';

/** A signature and what it runs. */
export interface SignatureGraph {
  readonly nodes: readonly NodeDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly signature: Signature;
}

/**
 * Writes a trace as a signature: its outputs are there once all its assignments are done. One that gives nothing gets an
 * output `done`, `[] float32`, since TensorFlow runs only what an output needs.
 */
export function signatureGraph(trace: Trace, prefix: string, plan: RegionPlan): SignatureGraph {
  const { graph, inputs, variables } = trace;
  const outputs = Object.keys(trace.outputs).length > 0 ? trace.outputs : { done: graph.float(0) };
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
    plan,
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
