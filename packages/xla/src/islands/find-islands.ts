import type { GraphNode } from '../graph/graph.js';
import { isIslandOperation, isMove, isScalar, levelsOf } from './levels.js';
import { isRepeatable } from './repeatable.js';

/** Nodes that XLA computes together, in an order in which they can run. */
export interface Island {
  readonly nodes: readonly GraphNode[];
}

/**
 * Groups the nodes that XLA computes better than TensorFlow: neighbours of one level, and what was marked as one region.
 * Single nodes, mere scalars and what only moves numbers stay with TensorFlow.
 *
 * @param nodes all that are needed, in an order in which they can run
 */
export function findIslands(nodes: readonly GraphNode[]): readonly Island[] {
  const levels = levelsOf(nodes);
  const members = nodes.filter((node) => isIslandOperation(node) && !isRepeatable(node));
  const { unite, rootOf } = sets<GraphNode>();
  const regions = new Map<string, GraphNode>();
  for (const node of members) {
    for (const source of sourcesOf(node)) {
      if (isIslandOperation(source) && levels.get(source) === levels.get(node)) unite(source, node);
    }
    if (node.region === 0 || isScalar(node)) continue;
    const region = `${node.region} ${levels.get(node)}`;
    unite(regions.get(region) ?? node, node);
    regions.set(region, node);
  }
  const groups = groupBy(members, rootOf);
  return [...groups.values()]
    .filter((group) => group.length > 1 && group.some((node) => !isScalar(node) && !isMove(node)))
    .map((group) => ({ nodes: group }));
}

/** The nodes that a node reads from, seen through what is repeated. */
function sourcesOf(node: GraphNode): readonly GraphNode[] {
  return node.inputs.flatMap(({ node: input }) => (isRepeatable(input) ? sourcesOf(input) : [input]));
}

function groupBy<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, groups.get(key) ?? []);
    groups.get(key)?.push(item);
  }
  return groups;
}

/** Disjoint sets that can be united. */
function sets<Item>() {
  const parents = new Map<Item, Item>();
  const rootOf = (item: Item): Item => {
    let root = item;
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent;
    if (root !== item) parents.set(item, root);
    return root;
  };
  const unite = (one: Item, other: Item): void => {
    const [a, b] = [rootOf(one), rootOf(other)];
    if (a !== b) parents.set(b, a);
  };
  return { unite, rootOf };
}
