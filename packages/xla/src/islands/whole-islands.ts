import type { GraphNode } from '../graph/graph.js';
import { operations } from '../graph/operations.js';
import type { Island } from './find-islands.js';
import { isRepeatable } from './repeatable.js';

const isKnown = ({ op }: GraphNode): boolean => operations[op]?.xla === true;

/**
 * Groups the nodes that XLA can compute into as few islands as possible: one, unless an operation that it doesn't know stands
 * in between.
 *
 * @param nodes all that are needed, in an order in which they can run
 */
export function wholeIslands(nodes: readonly GraphNode[]): readonly Island[] {
  const levels = new Map<GraphNode, number>();
  const islands = new Map<number, GraphNode[]>();
  for (const node of nodes) {
    const before = node.inputs.map(({ node: input }) => {
      const level = levels.get(input) ?? 0;
      return isKnown(node) && !isKnown(input) ? level + 1 : level;
    });
    const level = Math.max(0, ...before);
    levels.set(node, level);
    if (!isKnown(node) || isRepeatable(node)) continue;
    const members = islands.get(level) ?? [];
    members.push(node);
    islands.set(level, members);
  }
  return [...islands.values()].map((members) => ({ nodes: members }));
}
