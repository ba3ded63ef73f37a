import { broadcast_util } from '@tensorflow/tfjs-core';
import type { Graph, Value } from '../graph/graph.js';
import { sameShape, sizeOf } from '../graph/shape.js';
import type { Kernels } from './kernel.js';
import { recordReshape } from './reshape.js';

/** The shape of an elementwise operation's result. */
export function broadcastShape(a: readonly number[], b: readonly number[]): number[] {
  return broadcast_util.assertAndGetBroadcastShape([...a], [...b]);
}

/** The same numbers, repeated along axes of length 1 and new leading axes. */
export function recordBroadcast(graph: Graph, x: Value, shape: readonly number[]): Value {
  if (sizeOf(x.shape) === sizeOf(shape)) return recordReshape(graph, x, shape);
  const source = narrowed(x);
  if (source !== x && sameShape(broadcastShape(source.shape, shape), shape))
    return recordBroadcast(graph, source, shape);
  return graph.value(
    'BroadcastTo',
    [x, graph.integers(shape)],
    { dtype: x.dtype, shape },
    { T: { type: x.dtype }, Tidx: { type: 'int32' } },
  );
}

/** What can stand for `x` beside `other` in an elementwise operation, where a broadcast beforehand was superfluous. */
export function beforeBroadcast(x: Value, other: Value): Value {
  const source = narrowed(x);
  const shape = broadcastShape(x.shape, other.shape);
  return sameShape(broadcastShape(source.shape, other.shape), shape) ? source : x;
}

function narrowed(x: Value): Value {
  if (x.node.op === 'BroadcastTo') return x.node.inputs[0] as Value;
  if (x.node.op === 'Fill') return x.node.inputs[1] as Value;
  return x;
}

function recordTile(graph: Graph, x: Value, repetitions: readonly number[]): Value {
  const shape = x.shape.map((length, axis) => length * (repetitions[axis] as number));
  if (sameShape(x.shape, shape)) return x;
  if (x.shape.every((length, axis) => length === 1 || repetitions[axis] === 1))
    return recordBroadcast(graph, x, shape);
  return graph.value(
    'Tile',
    [x, graph.integers(repetitions)],
    { dtype: x.dtype, shape },
    { T: { type: x.dtype }, Tmultiples: { type: 'int32' } },
  );
}

/** Repetitions, and the shapes that they lead to. */
export const repetitions: Kernels = {
  Tile: {
    record: ({ graph, inputs, attributes }) => {
      const x = inputs.x as Value;
      const reps = attributes.reps as number[];
      const leading = Array.from({ length: reps.length - x.shape.length }, () => 1);
      return recordTile(graph, recordReshape(graph, x, [...leading, ...x.shape]), reps);
    },
  },
  BroadcastArgs: {
    record: ({ graph, inputs }) => {
      const { s0, s1 } = inputs as { s0: Value; s1: Value };
      const rank = Math.max(s0.shape[0] as number, s1.shape[0] as number);
      return graph.value(
        'BroadcastArgs',
        [s0, s1],
        { dtype: s0.dtype, shape: [rank] },
        { T: { type: s0.dtype } },
      );
    },
  },
};
