import type { Graph, Value } from '../graph/graph.js';
import type { Kernels } from './kernel.js';
import { recordReshape } from './reshape.js';

function recordSegmentSum(graph: Graph, x: Value, segmentIds: Value, segments: number): Value {
  return graph.value(
    'UnsortedSegmentSum',
    [x, segmentIds, graph.integers(segments)],
    { dtype: x.dtype, shape: [segments, ...x.shape.slice(segmentIds.shape.length)] },
    { T: { type: x.dtype }, Tindices: { type: segmentIds.dtype }, Tnumsegments: { type: 'int32' } },
  );
}

/** Values placed by indices. */
export const scattering: Kernels = {
  UnsortedSegmentSum: {
    record: ({ graph, inputs, attributes }) => {
      const { x, segmentIds } = inputs as { x: Value; segmentIds: Value };
      return recordSegmentSum(graph, x, segmentIds, attributes.numSegments as number);
    },
  },
  ScatterNd: {
    record: ({ graph, inputs, attributes }) => {
      const { indices, updates } = inputs as { indices: Value; updates: Value };
      const shape = attributes.shape as number[];
      // TensorFlow adds up rows on all cores, and scatters on one.
      if (indices.shape.length === 2 && indices.shape[1] === 1 && shape.length === 2)
        return recordSegmentSum(graph, updates, recordReshape(graph, indices, [-1]), shape[0] as number);
      return graph.value(
        'ScatterNd',
        [indices, updates, graph.integers(shape)],
        { dtype: updates.dtype, shape },
        { T: { type: updates.dtype }, Tindices: { type: indices.dtype } },
      );
    },
  },
  TensorScatterUpdate: {
    record: ({ graph, inputs }) => {
      const { tensor, indices, updates } = inputs as { tensor: Value; indices: Value; updates: Value };
      return graph.value('TensorScatterUpdate', [tensor, indices, updates], tensor, {
        T: { type: tensor.dtype },
        Tindices: { type: indices.dtype },
      });
    },
  },
  SparseToDense: {
    record: ({ graph, inputs, attributes }) => {
      const { sparseIndices, sparseValues, defaultValue } = inputs as {
        sparseIndices: Value;
        sparseValues: Value;
        defaultValue: Value;
      };
      const shape = attributes.outputShape as number[];
      return graph.value(
        'SparseToDense',
        [sparseIndices, graph.integers(shape), sparseValues, defaultValue],
        { dtype: sparseValues.dtype, shape },
        {
          T: { type: sparseValues.dtype },
          Tindices: { type: sparseIndices.dtype },
          validate_indices: { bool: true },
        },
      );
    },
  },
  Bincount: {
    record: ({ graph, inputs, attributes }) => {
      const { x, weights } = inputs as { x: Value; weights: Value };
      const size = attributes.size as number;
      return graph.value(
        'Bincount',
        [x, graph.integers(size), weights],
        { dtype: weights.dtype, shape: [size] },
        { T: { type: weights.dtype } },
      );
    },
  },
};
