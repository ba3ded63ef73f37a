import type { Dtype } from '../graph/dtype.js';
import type { Value } from '../graph/graph.js';
import { recordFill, recordScalar } from './constant.js';
import { recordUnary } from './elementwise.js';
import type { Kernel, Kernels } from './kernel.js';

/** Tensors that depend on no numbers. */
export const sources: Kernels = {
  Fill: {
    record: ({ graph, attributes }) => {
      const { shape, value } = attributes as { shape: number[]; value: number };
      return recordFill(graph, shape, value, (attributes.dtype as Dtype | undefined) ?? 'float32');
    },
  },
  Range: {
    record: ({ graph, attributes }) => {
      const { start, stop } = attributes as { start: number; stop: number };
      const dtype = (attributes.dtype as Dtype | undefined) ?? 'float32';
      // A step of 1 counts down where that is the way, as in TensorFlow.js.
      const given = attributes.step as number;
      const step = stop < start && given === 1 ? -1 : given;
      const length = Math.max(0, Math.ceil((stop - start) / step));
      if (length === 0) return recordFill(graph, [0], 0, dtype);
      return graph.value(
        'Range',
        [start, stop, step].map((number) => recordScalar(graph, number, dtype)),
        { dtype, shape: [length] },
        { Tidx: { type: dtype } },
      );
    },
  },
  LinSpace: {
    record: ({ graph, attributes }) => {
      const { start, stop, num } = attributes as { start: number; stop: number; num: number };
      return graph.value(
        'LinSpace',
        [recordScalar(graph, start, 'float32'), recordScalar(graph, stop, 'float32'), graph.integers(num)],
        { dtype: 'float32', shape: [num] },
        { T: { type: 'float32' }, Tidx: { type: 'int32' } },
      );
    },
  },
  ZerosLike: constantLike('ZerosLike', 0),
  OnesLike: constantLike('OnesLike', 1),
};

function constantLike(op: string, number: number): Kernel {
  return {
    record: ({ graph, inputs }) => {
      const x = inputs.x as Value;
      // A fill doesn't wait for `x`, but complex numbers cannot be written as constants.
      if (x.dtype === 'complex64') return recordUnary(graph, op, x);
      return recordFill(graph, x.shape, number, x.dtype);
    },
  };
}
