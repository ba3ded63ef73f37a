import type { Graph, Value } from '../graph/graph.js';
import type { Kernels } from './kernel.js';

const pairs = (graph: Graph, values: readonly (readonly number[])[]): Value =>
  graph.constant(Int32Array.from(values.flat()), [values.length, 2], 'int32');

/** Blocks of space exchanged with batch or channels. */
export const blocks: Kernels = {
  DepthToSpace: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const { blockSize, dataFormat } = attributes as { blockSize: number; dataFormat: string };
      const channelsAxis = dataFormat === 'NHWC' ? 3 : 1;
      const shape = x.shape.map((length, axis) => {
        if (axis === 0) return length;
        return axis === channelsAxis ? length / blockSize ** 2 : length * blockSize;
      });
      return graph.value(
        'DepthToSpace',
        [x],
        { dtype: x.dtype, shape },
        { T: { type: x.dtype }, block_size: { int: blockSize }, data_format: { text: dataFormat } },
      );
    },
  },
  SpaceToBatchND: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const { blockShape, paddings } = attributes as { blockShape: number[]; paddings: [number, number][] };
      const shape = [...x.shape];
      for (const [index, block] of blockShape.entries()) {
        const [before, after] = paddings[index] as [number, number];
        shape[0] = (shape[0] as number) * block;
        shape[index + 1] = (before + (shape[index + 1] as number) + after) / block;
      }
      return graph.value(
        'SpaceToBatchND',
        [x, graph.integers(blockShape), pairs(graph, paddings)],
        { dtype: x.dtype, shape },
        { T: { type: x.dtype }, Tblock_shape: { type: 'int32' }, Tpaddings: { type: 'int32' } },
      );
    },
  },
  BatchToSpaceND: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const { blockShape, crops } = attributes as { blockShape: number[]; crops: [number, number][] };
      const shape = [...x.shape];
      for (const [index, block] of blockShape.entries()) {
        const [before, after] = crops[index] as [number, number];
        shape[0] = (shape[0] as number) / block;
        shape[index + 1] = (shape[index + 1] as number) * block - before - after;
      }
      return graph.value(
        'BatchToSpaceND',
        [x, graph.integers(blockShape), pairs(graph, crops)],
        { dtype: x.dtype, shape },
        { T: { type: x.dtype }, Tblock_shape: { type: 'int32' }, Tcrops: { type: 'int32' } },
      );
    },
  },
};
