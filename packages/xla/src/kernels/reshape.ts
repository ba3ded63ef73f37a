import { util } from '@tensorflow/tfjs-core';
import type { Graph, Value } from '../graph/graph.js';
import { sameShape, sizeOf } from '../graph/shape.js';
import type { Kernels } from './kernel.js';

/** The same numbers in another shape; of several reshapes in a row only the last is recorded, and none that changes nothing. */
export function recordReshape(graph: Graph, x: Value, shape: readonly number[]): Value {
  if (sameShape(x.shape, shape)) return x;
  if (x.node.op === 'Reshape') return recordReshape(graph, x.node.inputs[0] as Value, shape);
  return graph.value(
    'Reshape',
    [x, graph.integers(shape)],
    { dtype: x.dtype, shape },
    { T: { type: x.dtype }, Tshape: { type: 'int32' } },
  );
}

/** New shapes for the same numbers. */
export const reshapes: Kernels = {
  Identity: { record: ({ inputs }) => inputs.x as Value },
  Reshape: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const shape = attributes.shape as number[];
      return recordReshape(graph, x, util.inferFromImplicitShape(shape, sizeOf(x.shape)));
    },
  },
  ExpandDims: {
    record: ({ graph, inputs, attributes }) => {
      const input = inputs.input as Value;
      const axis = attributes.dim as number;
      const shape = [...input.shape];
      shape.splice(axis < 0 ? shape.length + 1 + axis : axis, 0, 1);
      return recordReshape(graph, input, shape);
    },
  },
};
