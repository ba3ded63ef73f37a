import type { GraphNode } from '../graph/graph.js';
import { operations } from '../graph/operations.js';

/** Whether XLA may compute a node together with its neighbours. */
export const isIslandOperation = ({ op }: GraphNode): boolean => operations[op]?.island === true;

/** Whether all that a node gives is single numbers. */
export const isScalar = ({ outputs }: GraphNode): boolean =>
  outputs.every(({ shape }) => shape.every((side) => side === 1));

const moves: ReadonlySet<string> = new Set(['ConcatV2', 'Reshape', 'Slice', 'SplitV', 'Transpose']);

/** Whether a node only puts numbers elsewhere, which TensorFlow does faster than XLA. */
export const isMove = ({ op }: GraphNode): boolean => moves.has(op);

// A single number ends an island too: many share it, and it must not make one island of them.
const isBetweenIslands = (input: GraphNode, user: GraphNode): boolean =>
  isIslandOperation(user) && (!isIslandOperation(input) || isScalar(input));

// Their values are there from beginning to end, so that what is computed from them alone can wait.
const standing: ReadonlySet<string> = new Set(['Const', 'Placeholder', 'ReadVariableOp']);

/**
 * Gives every node a level such that an island of nodes of one level can run as a whole: no way leads out of it, through
 * a product, and back into it.
 *
 * A product's level is that of its latest input; what XLA computes from a product, or from a single number, is one level
 * above it. Nodes take the lowest level that their inputs allow; delayed ones, and those that compute from variables and
 * inputs alone for a single user, the highest that their users allow.
 *
 * @param nodes in an order in which they can run
 */
export function levelsOf(nodes: readonly GraphNode[]): ReadonlyMap<GraphNode, number> {
  const levels = new Map<GraphNode, number>();
  const users = new Map<GraphNode, GraphNode[]>();
  const canWait = new Set<GraphNode>();
  for (const node of nodes) {
    const above = node.inputs.map(({ node: input }) => {
      users.set(input, users.get(input) ?? []);
      users.get(input)?.push(node);
      const level = levels.get(input) ?? 0;
      return isBetweenIslands(input, node) ? level + 1 : level;
    });
    levels.set(node, Math.max(0, ...above));
    const fromStanding = node.inputs.every(({ node: input }) => standing.has(input.op) || canWait.has(input));
    if (node.delayed || (isIslandOperation(node) && fromStanding)) canWait.add(node);
  }
  for (const node of nodes.toReversed()) {
    const after = users.get(node);
    if (!canWait.has(node) || after === undefined) continue;
    if (!node.delayed && after.length > 1) continue; // waiting with what many share would tie them together
    const below = after.map((user) => {
      const level = levels.get(user) ?? 0;
      return isBetweenIslands(node, user) ? level - 1 : level;
    });
    levels.set(node, Math.min(...below));
  }
  return levels;
}
