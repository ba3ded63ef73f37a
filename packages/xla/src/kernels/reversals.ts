import { util } from '@tensorflow/tfjs-core';
import type { Graph, Value } from '../graph/graph.js';
import type { Kernels } from './kernel.js';

function recordReverse(graph: Graph, x: Value, dimensions: number | number[]): Value {
  const axes = util.parseAxisParam(dimensions, [...x.shape]);
  if (axes.length === 0) return x;
  return graph.value('ReverseV2', [x, graph.integers(axes)], x, {
    T: { type: x.dtype },
    Tidx: { type: 'int32' },
  });
}

/** The other way round. */
export const reversals: Kernels = {
  Reverse: {
    record: ({ graph, inputs, attributes }) =>
      recordReverse(graph, inputs.x as Value, attributes.dims as number | number[]),
  },
  FlipLeftRight: {
    record: ({ graph, inputs }) => recordReverse(graph, inputs.image as Value, 2),
  },
};
