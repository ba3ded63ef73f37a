import type { Value } from '../graph/graph.js';
import type { Kernel, Kernels } from './kernel.js';

const cumulative = (op: string): Kernel => ({
  record: ({ graph, inputs, attributes }) => {
    const x = inputs.x as Value;
    return graph.value(op, [x, graph.integers(attributes.axis as number)], x, {
      T: { type: x.dtype },
      Tidx: { type: 'int32' },
      exclusive: { bool: attributes.exclusive === true },
      reverse: { bool: attributes.reverse === true },
    });
  },
});

/** What needs the elements of an axis one after the other, or sorted. */
export const scans: Kernels = {
  Cumsum: cumulative('Cumsum'),
  Cumprod: cumulative('Cumprod'),
  TopK: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const count = (attributes.k as number | undefined) ?? 1;
      const shape = [...x.shape.slice(0, -1), count];
      return graph.add('TopKV2', [x, graph.integers(count)], {
        attributes: {
          T: { type: x.dtype },
          Tk: { type: 'int32' },
          index_type: { type: 'int32' },
          sorted: { bool: attributes.sorted !== false },
        },
        outputs: [
          { dtype: x.dtype, shape },
          { dtype: 'int32', shape },
        ],
      }).outputs;
    },
  },
};
