import type { Dtype } from '../graph/dtype.js';
import type { Graph, Value } from '../graph/graph.js';
import type { Kernels } from './kernel.js';

/** The same numbers as another dtype; the value itself where it has that dtype. */
export function recordCast(graph: Graph, x: Value, dtype: Dtype): Value {
  if (x.dtype === dtype) return x;
  return graph.value(
    'Cast',
    [x],
    { dtype, shape: x.shape },
    { SrcT: { type: x.dtype }, DstT: { type: dtype }, Truncate: { bool: false } },
  );
}

/** The same numbers for an operation that TensorFlow has for floating point and complex numbers only. */
export function recordFloating(graph: Graph, x: Value): Value {
  return x.dtype === 'int32' || x.dtype === 'bool' ? recordCast(graph, x, 'float32') : x;
}

/** Between dtypes. */
export const casts: Kernels = {
  Cast: {
    record: ({ graph, inputs, attributes }) =>
      recordCast(graph, inputs.x as Value, attributes.dtype as Dtype),
  },
};
