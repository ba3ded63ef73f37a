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

/** Between dtypes. */
export const casts: Kernels = {
  Cast: {
    record: ({ graph, inputs, attributes }) =>
      recordCast(graph, inputs.x as Value, attributes.dtype as Dtype),
  },
};
