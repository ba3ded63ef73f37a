import type { Graph, Value } from '../graph/graph.js';
import { recordScalar } from './constant.js';
import { recordBinary, recordMultiply, recordUnary } from './elementwise.js';

/** What an activation needs besides its input. */
export interface ActivationOptions {
  /** The slopes of `prelu` below zero. */
  readonly slopes?: Value;
  /** The slope of `leakyrelu` below zero. */
  readonly slope?: number;
}

type Activation = (graph: Graph, x: Value, options: ActivationOptions) => Value;

const activations: Readonly<Record<string, Activation>> = {
  linear: (_graph, x) => x,
  relu: (graph, x) => recordUnary(graph, 'Relu', x),
  relu6: (graph, x) => recordUnary(graph, 'Relu6', x),
  elu: (graph, x) => recordUnary(graph, 'Elu', x),
  sigmoid: (graph, x) => recordUnary(graph, 'Sigmoid', x),
  leakyrelu: (graph, x, { slope = 0.2 }) => recordLeakyRelu(graph, x, slope),
  prelu: (graph, x, { slopes }) => recordPrelu(graph, x, slopes as Value),
};

/**
 * The activation that a fused kernel ends with.
 *
 * @throws on one that it doesn't know
 */
export function recordActivation(graph: Graph, x: Value, name: string, options: ActivationOptions): Value {
  const activation = activations[name];
  if (activation === undefined)
    throw new Error(
      `A fused op has the activation ${name}; known are ${Object.keys(activations).join(', ')}. ` +
        'Apply it by its own op afterwards.',
    );
  return activation(graph, x, options);
}

/** `max(x, slope * x)` for a slope of at most 1. */
export function recordLeakyRelu(graph: Graph, x: Value, slope: number): Value {
  return graph.value('LeakyRelu', [x], x, { T: { type: x.dtype }, alpha: { float: slope } });
}

/** `x` above zero and `slopes * x` below. */
export function recordPrelu(graph: Graph, x: Value, slopes: Value): Value {
  const positive = recordUnary(graph, 'Relu', x);
  const doubled = recordBinary(graph, 'Sub', x, recordUnary(graph, 'Abs', x));
  const negative = recordMultiply(
    graph,
    recordMultiply(graph, slopes, doubled),
    recordScalar(graph, 0.5, x.dtype),
  );
  return recordBinary(graph, 'AddV2', positive, negative);
}
