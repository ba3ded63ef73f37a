import type { Graph, Value } from '../graph/graph.js';
import { sameShape } from '../graph/shape.js';
import { recordScalar } from './constant.js';
import type { Kernels } from './kernel.js';

type Margins = readonly (readonly [before: number, after: number])[];

function widened(shape: readonly number[], margins: Margins): readonly number[] {
  return shape.map((length, axis) => {
    const [before, after] = margins[axis] as [number, number];
    return before + length + after;
  });
}

function recordMargins(graph: Graph, margins: Margins): Value {
  return graph.constant(Int32Array.from(margins.flat()), [margins.length, 2], 'int32');
}

/** Tensors with margins. */
export const padding: Kernels = {
  PadV2: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const margins = attributes.paddings as Margins;
      const shape = widened(x.shape, margins);
      if (sameShape(shape, x.shape)) return x;
      const filling = recordScalar(graph, attributes.constantValue as number, x.dtype);
      return graph.value(
        'PadV2',
        [x, recordMargins(graph, margins), filling],
        { dtype: x.dtype, shape },
        { T: { type: x.dtype }, Tpaddings: { type: 'int32' } },
      );
    },
  },
  MirrorPad: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const margins = attributes.paddings as Margins;
      const shape = widened(x.shape, margins);
      if (sameShape(shape, x.shape)) return x;
      return graph.value(
        'MirrorPad',
        [x, recordMargins(graph, margins)],
        { dtype: x.dtype, shape },
        {
          T: { type: x.dtype },
          Tpaddings: { type: 'int32' },
          mode: { text: (attributes.mode as string).toUpperCase() },
        },
      );
    },
  },
};
