import type { HostConstant } from '../graph/attribute.js';
import type { Graph, Value } from '../graph/graph.js';
import { callerIn } from './caller.js';

/** Numbers that a function brought along, and where it did. */
export interface HostData extends HostConstant {
  /** The stack at the moment that the numbers were handed over. */
  readonly stack: string | undefined;
  /** Whether the function declared that they never change. */
  readonly declared: boolean;
}

/**
 * Makes numbers from the host part of a graph: scalars, equal numbers throughout (the zeros and ones of gradients), and
 * what was declared constant.
 *
 * @throws on anything else, since a batch or a random draw would be frozen at its first value
 */
export function recordHostData(graph: Graph, data: HostData): Value {
  const { dtype, shape, values, declared, stack } = data;
  if (values.length === 1 || declared) return graph.constant(values, shape, dtype);
  const first = values[0];
  if (first !== undefined && values.every((value) => value === first)) {
    const scalar = graph.constant(values.slice(0, 1), [], dtype);
    return graph.value('Fill', [graph.integers(shape), scalar], { dtype, shape }, fillAttributes(dtype));
  }
  if (values.length === 0) return graph.constant(values, shape, dtype);
  throw new Error(
    `A compiled function took numbers from outside: [${shape}] ${dtype}, ${callerIn(stack)}. They would be frozen at ` +
      `these values. Make them an input, draw them from the pass's randomness, or, if they never change, wrap the tensor ` +
      `in constantTensor(…) of @whereabouts/layers.`,
  );
}

const fillAttributes = (dtype: HostConstant['dtype']) =>
  ({
    T: { type: dtype },
    index_type: { type: 'int32' },
  }) as const;
