import type { GraphNode } from '../graph/graph.js';
import { sizeOf } from '../graph/shape.js';

// A table above this size is handed to islands rather than written into each.
const largestConstant = 1024;

/**
 * Whether every island that reads a node's result had better compute it for itself than have it stored: constants, and
 * what makes a tensor no smaller without computing (so that the smaller one is what is stored).
 */
export function isRepeatable({ op, inputs, outputs }: GraphNode): boolean {
  if (op === 'Const') return sizeOf(outputs[0]?.shape ?? []) <= largestConstant;
  if (op === 'Cast') return inputs[0]?.dtype === 'bfloat16';
  return op === 'Reshape' || op === 'Fill' || op === 'BroadcastTo' || op === 'Range';
}
