import type { GraphNode, Value } from '../graph/graph.js';
import type { FunctionDefinition, NodeDefinition } from '../graph/saved-model.js';
import type { Island } from './find-islands.js';
import { islandFunction } from './island-function.js';
import type { RegionPlan } from './region-plans.js';

/** A graph as nodes and functions with names. */
export interface WrittenGraph {
  readonly nodes: readonly NodeDefinition[];
  readonly functions: readonly FunctionDefinition[];
  /** The name of a needed value: `node:output`. */
  readonly tensorOf: (value: Value) => string;
}

/**
 * Writes what the needed nodes depend on, islands as calls of functions.
 *
 * @param needed whose outputs are read, or which must run
 * @param prefix of the names of nodes, so that several graphs fit into one file
 */
export function writeGraph(
  needed: readonly GraphNode[],
  prefix: string,
  { islandsOf, rewrites }: RegionPlan,
): WrittenGraph {
  const live = liveNodes(needed);
  const islands = islandsOf(live);
  const islandOf = new Map(islands.flatMap((island) => island.nodes.map((node) => [node, island] as const)));
  const plainName = (node: GraphNode) => `${prefix}${node.op}_${node.id}`;

  const plain = new Set<GraphNode>();
  const calls = new Map<Island, { results: Set<Value>; inputs: readonly Value[] }>();
  const demandNode = (node: GraphNode): void => {
    if (plain.has(node)) return;
    plain.add(node);
    for (const input of node.inputs) demand(input);
    for (const earlier of node.after) demandNode(earlier);
  };
  const demand = (value: Value): void => {
    const island = islandOf.get(value.node);
    if (island === undefined) {
      demandNode(value.node);
      return;
    }
    const call = calls.get(island);
    if (call !== undefined) {
      call.results.add(value);
      return;
    }
    const { inputs } = islandFunction(island, [], rewrites);
    calls.set(island, { results: new Set([value]), inputs });
    for (const input of inputs) demand(input);
  };
  for (const node of needed) demandNode(node);

  const functions = new Map<string, FunctionDefinition>();
  const tensors = new Map<Value, string>();
  const tensorOf = (value: Value): string => tensors.get(value) ?? `${plainName(value.node)}:${value.index}`;
  const written = [...calls].map(([island, { results, inputs }]) => {
    const inOrder = [...results].sort((a, b) => a.node.id - b.node.id || a.index - b.index);
    const { definition } = islandFunction(island, inOrder, rewrites);
    functions.set(definition.name, definition);
    const name = `${prefix}call_${island.nodes[0]?.id}`;
    for (const [index, value] of inOrder.entries()) tensors.set(value, `${name}:${index}`);
    return { name, definition, inputs };
  });
  return {
    nodes: [
      ...[...plain].map((node) => ({
        name: plainName(node),
        op: node.op,
        inputs: [...node.inputs.map(tensorOf), ...node.after.map((earlier) => `^${plainName(earlier)}`)],
        attributes: node.attributes,
      })),
      ...written.map(({ name, definition, inputs }) => ({
        name,
        op: 'PartitionedCall',
        inputs: inputs.map(tensorOf),
        attributes: {
          Tin: { types: definition.inputs.map(({ dtype }) => dtype) },
          Tout: { types: definition.outputs.map(({ dtype }) => dtype) },
          f: { function: definition.name },
          _XlaMustCompile: { bool: true },
        },
      })),
    ],
    functions: [...functions.values()],
    tensorOf,
  };
}

/** Everything that the needed nodes depend on, in the order of recording. */
function liveNodes(needed: readonly GraphNode[]): readonly GraphNode[] {
  const live = new Set<GraphNode>();
  const waiting = [...needed];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (live.has(node)) continue;
    live.add(node);
    waiting.push(...node.inputs.map((input) => input.node), ...node.after);
  }
  return [...live].sort((a, b) => a.id - b.id);
}
