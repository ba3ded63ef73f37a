import type { Value } from '../graph/graph.js';
import { recordScalar } from './constant.js';
import { recordBinary, recordMultiply } from './elementwise.js';
import type { Kernel, Kernels } from './kernel.js';

const binary = (op: string): Kernel => ({
  record: ({ graph, inputs }) => recordBinary(graph, op, inputs.a as Value, inputs.b as Value),
});

/** Several values into one, element by element. */
export const arithmetic: Kernels = {
  Add: binary('AddV2'),
  Sub: binary('Sub'),
  RealDiv: binary('RealDiv'),
  FloorDiv: binary('FloorDiv'),
  Mod: binary('FloorMod'),
  Maximum: binary('Maximum'),
  Minimum: binary('Minimum'),
  Pow: binary('Pow'),
  SquaredDifference: binary('SquaredDifference'),
  Atan2: binary('Atan2'),
  Multiply: {
    record: ({ graph, inputs }) => recordMultiply(graph, inputs.a as Value, inputs.b as Value),
  },
  AddN: {
    record: ({ graph, inputs }) => {
      const values = Object.values(inputs);
      const [first] = values as [Value];
      if (values.length === 1) return first;
      return graph.value('AddN', values, first, { N: { int: values.length }, T: { type: first.dtype } });
    },
  },
  ClipByValue: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const bound = (value: unknown) => recordScalar(graph, value as number, x.dtype);
      const below = recordBinary(graph, 'Minimum', x, bound(attributes.clipValueMax));
      return recordBinary(graph, 'Maximum', below, bound(attributes.clipValueMin));
    },
  },
};
