import { backend_util } from '@tensorflow/tfjs-core';
import type { Dtype } from '../graph/dtype.js';
import type { Value } from '../graph/graph.js';
import { recordScalar } from './constant.js';
import type { Kernels } from './kernel.js';

type TensorInfo = Parameters<typeof backend_util.segment_util.collectGatherOpShapeInfo>[0];

/** Elements chosen by their indices. */
export const selections: Kernels = {
  GatherV2: {
    record: ({ graph, inputs, attributes }) => {
      const { x, indices } = inputs as { x: Value; indices: Value };
      const { axis, batchDims } = attributes as { axis: number; batchDims: number };
      const { outputShape } = backend_util.segment_util.collectGatherOpShapeInfo(
        x as unknown as TensorInfo,
        indices as unknown as TensorInfo,
        axis,
        batchDims,
      );
      return graph.value(
        'GatherV2',
        [x, indices, graph.integers(axis)],
        { dtype: x.dtype, shape: outputShape },
        {
          batch_dims: { int: batchDims },
          Tparams: { type: x.dtype },
          Tindices: { type: indices.dtype },
          Taxis: { type: 'int32' },
        },
      );
    },
  },
  OneHot: {
    record: ({ graph, inputs, attributes }) => {
      const indices = inputs.indices as Value;
      const { depth, onValue, offValue } = attributes as { depth: number; onValue: number; offValue: number };
      const dtype = (attributes.dtype as Dtype | undefined) ?? 'int32';
      return graph.value(
        'OneHot',
        [
          indices,
          graph.integers(depth),
          recordScalar(graph, onValue, dtype),
          recordScalar(graph, offValue, dtype),
        ],
        { dtype, shape: [...indices.shape, depth] },
        { axis: { int: -1 }, T: { type: dtype }, TI: { type: indices.dtype } },
      );
    },
  },
  GatherNd: {
    record: ({ graph, inputs }) => {
      const { params, indices } = inputs as { params: Value; indices: Value };
      const depth = indices.shape.at(-1) as number;
      return graph.value(
        'GatherNd',
        [params, indices],
        { dtype: params.dtype, shape: [...indices.shape.slice(0, -1), ...params.shape.slice(depth)] },
        { Tparams: { type: params.dtype }, Tindices: { type: indices.dtype } },
      );
    },
  },
};
