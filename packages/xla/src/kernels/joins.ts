import { backend_util, util } from '@tensorflow/tfjs-core';
import type { Value } from '../graph/graph.js';
import type { Kernels } from './kernel.js';
import { recordReshape } from './reshape.js';

/** Several tensors as one. */
export const joins: Kernels = {
  Concat: {
    record: ({ graph, inputs, attributes }) => {
      const values = Object.values(inputs);
      const [first] = values as [Value];
      if (values.length === 1) return first;
      const [axis] = util.parseAxisParam(attributes.axis as number, [...first.shape]) as [number];
      const shape = backend_util.computeOutShape(
        values.map((value) => [...value.shape]),
        axis,
      );
      return graph.value(
        'ConcatV2',
        [...values, graph.integers(axis)],
        { dtype: first.dtype, shape },
        { N: { int: values.length }, T: { type: first.dtype }, Tidx: { type: 'int32' } },
      );
    },
  },
  Pack: {
    record: ({ graph, inputs, attributes }) => {
      const values = Object.values(inputs);
      const [first] = values as [Value];
      const axis = attributes.axis as number;
      const shape: number[] = [...first.shape];
      const place = axis < 0 ? shape.length + 1 + axis : axis;
      shape.splice(place, 0, values.length);
      if (values.length === 1) return recordReshape(graph, first, shape);
      return graph.value(
        'Pack',
        values,
        { dtype: first.dtype, shape },
        { N: { int: values.length }, T: { type: first.dtype }, axis: { int: place } },
      );
    },
  },
};
