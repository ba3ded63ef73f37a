import type { Graph, GraphNode, Value } from '../graph/graph.js';
import type { Kernels } from './kernel.js';
import { recordReshape } from './reshape.js';

/**
 * The axes in another order. Two orders in a row become one, and one that leaves all axes longer than 1 where they are
 * becomes a reshape.
 */
export function recordTranspose(graph: Graph, x: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => x.shape[axis] as number);
  const long = order.filter((axis) => x.shape[axis] !== 1);
  if (long.every((axis, place) => place === 0 || axis > (long[place - 1] as number)))
    return recordReshape(graph, x, shape);
  const inner = orderOf(x.node);
  if (inner !== undefined) {
    const both = order.map((axis) => inner[axis] as number);
    return recordTranspose(graph, x.node.inputs[0] as Value, both);
  }
  return graph.value(
    'Transpose',
    [x, graph.integers(order)],
    { dtype: x.dtype, shape },
    { T: { type: x.dtype }, Tperm: { type: 'int32' } },
  );
}

/** The order of axes that a node gives its input; undefined for nodes that are no transpositions. */
export function orderOf(node: GraphNode): readonly number[] | undefined {
  if (node.op !== 'Transpose') return undefined;
  const order = node.inputs[1]?.node.attributes.value;
  return order !== undefined && 'tensor' in order ? [...order.tensor.values] : undefined;
}

/** New orders of the axes. */
export const transpositions: Kernels = {
  Transpose: {
    record: ({ graph, inputs, attributes }) =>
      recordTranspose(graph, inputs.x as Value, attributes.perm as number[]),
  },
};
