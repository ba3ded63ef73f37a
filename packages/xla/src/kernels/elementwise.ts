import { backend_util } from '@tensorflow/tfjs-core';
import type { Dtype } from '../graph/dtype.js';
import type { Graph, Value } from '../graph/graph.js';
import { beforeBroadcast, broadcastShape, recordBroadcast } from './broadcast.js';
import { recordCast } from './cast.js';
import { uniformNumber } from './constant.js';

/** An operation of one value, whose result has its shape and dtype. */
export function recordUnary(graph: Graph, op: string, x: Value): Value {
  return graph.value(op, [x], x, { T: { type: x.dtype } });
}

/** An operation of two values that are broadcast against each other, whose result has their dtype. */
export function recordBinary(graph: Graph, op: string, a: Value, b: Value): Value {
  const dtype = commonDtype(a, b);
  return recordPair(graph, op, a, b, dtype, { T: { type: dtype } });
}

/** As `recordBinary`, for operations that have dtype and attributes of their own. */
export function recordPair(
  graph: Graph,
  op: string,
  a: Value,
  b: Value,
  dtype: Dtype,
  attributes: Parameters<Graph['value']>[3],
): Value {
  const shape = broadcastShape(a.shape, b.shape);
  const common = commonDtype(a, b);
  const first = beforeBroadcast(a, b);
  const second = beforeBroadcast(b, first);
  const operands = [recordCast(graph, first, common), recordCast(graph, second, common)];
  return graph.value(op, operands, { dtype, shape }, attributes);
}

/** The dtype in which two values are combined. */
export function commonDtype(a: Value, b: Value): Dtype {
  type Name = Parameters<typeof backend_util.upcastType>[0];
  return a.dtype === b.dtype ? a.dtype : backend_util.upcastType(a.dtype as Name, b.dtype as Name);
}

/** The product elementwise; a factor of ones only broadcasts. */
export function recordMultiply(graph: Graph, a: Value, b: Value): Value {
  const dtype = commonDtype(a, b);
  const shape = broadcastShape(a.shape, b.shape);
  if (uniformNumber(b) === 1) return recordBroadcast(graph, recordCast(graph, a, dtype), shape);
  if (uniformNumber(a) === 1) return recordBroadcast(graph, recordCast(graph, b, dtype), shape);
  return recordBinary(graph, 'Mul', a, b);
}

/** `condition ? yes : no` elementwise, all of the same shape or scalars. */
export function recordSelect(graph: Graph, condition: Value, yes: Value, no: Value): Value {
  const dtype = commonDtype(yes, no);
  const shape = broadcastShape(condition.shape, broadcastShape(yes.shape, no.shape));
  const choices = [recordCast(graph, yes, dtype), recordCast(graph, no, dtype)];
  return graph.value('SelectV2', [condition, ...choices], { dtype, shape }, { T: { type: dtype } });
}
