import type { Value } from '../graph/graph.js';
import type { Kernels } from './kernel.js';

/** Tensors with everything on their diagonal. */
export const diagonals: Kernels = {
  Diag: {
    record: ({ graph, inputs }) => {
      const x = inputs.x as Value;
      return graph.value(
        'Diag',
        [x],
        { dtype: x.dtype, shape: [...x.shape, ...x.shape] },
        { T: { type: x.dtype } },
      );
    },
  },
};
