import { backend_util, slice_util, util } from '@tensorflow/tfjs-core';
import type { Value } from '../graph/graph.js';
import { sameShape } from '../graph/shape.js';
import type { Kernels } from './kernel.js';

type TensorInfo = Parameters<typeof slice_util.parseSliceParams>[0];

/** Parts of a tensor. */
export const slices: Kernels = {
  Slice: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const { begin, size } = attributes as { begin: number[]; size: number[] };
      const [start, shape] = slice_util.parseSliceParams(x as unknown as TensorInfo, begin, size) as [
        number[],
        number[],
      ];
      slice_util.assertParamsValid(x as unknown as TensorInfo, start, shape);
      if (sameShape(shape, x.shape)) return x;
      return graph.value(
        'Slice',
        [x, graph.integers(start), graph.integers(shape)],
        { dtype: x.dtype, shape },
        { T: { type: x.dtype }, Index: { type: 'int32' } },
      );
    },
  },
  SplitV: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const [axis] = util.parseAxisParam(attributes.axis as number, [...x.shape]) as [number];
      const sizes = backend_util.prepareSplitSize(
        x as unknown as Parameters<typeof backend_util.prepareSplitSize>[0],
        attributes.numOrSizeSplits as number | number[],
        axis,
      );
      if (sizes.length === 1) return [x];
      return graph.add('SplitV', [x, graph.integers(sizes), graph.integers(axis)], {
        attributes: { num_split: { int: sizes.length }, T: { type: x.dtype }, Tlen: { type: 'int32' } },
        outputs: sizes.map((size) => ({ dtype: x.dtype, shape: x.shape.with(axis, size) })),
      }).outputs;
    },
  },
  Unpack: {
    record: ({ graph, inputs, attributes }) => {
      const value = inputs.value as Value;
      const [axis] = util.parseAxisParam(attributes.axis as number, [...value.shape]) as [number];
      const count = value.shape[axis] as number;
      const result = { dtype: value.dtype, shape: value.shape.filter((_, other) => other !== axis) };
      return graph.add('Unpack', [value], {
        attributes: { num: { int: count }, T: { type: value.dtype }, axis: { int: axis } },
        outputs: Array.from({ length: count }, () => result),
      }).outputs;
    },
  },
  StridedSlice: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const { begin, end, strides } = attributes as { begin: number[]; end: number[]; strides: number[] };
      const { beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask } = attributes as Record<
        string,
        number
      >;
      const masks = [beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask].map(
        (mask) => mask ?? 0,
      ) as [number, number, number, number, number];
      // Copies, since TensorFlow.js changes the lists that it is given.
      const { finalShape } = slice_util.sliceInfo([...x.shape], [...begin], [...end], [...strides], ...masks);
      return graph.value(
        'StridedSlice',
        [x, graph.integers(begin), graph.integers(end), graph.integers(strides)],
        { dtype: x.dtype, shape: finalShape },
        {
          T: { type: x.dtype },
          Index: { type: 'int32' },
          begin_mask: { int: masks[0] },
          end_mask: { int: masks[1] },
          ellipsis_mask: { int: masks[2] },
          new_axis_mask: { int: masks[3] },
          shrink_axis_mask: { int: masks[4] },
        },
      );
    },
  },
};
