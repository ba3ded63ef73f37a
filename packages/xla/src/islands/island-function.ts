import { createHash } from 'node:crypto';
import type { Attributes } from '../graph/attribute.js';
import { attributesKey, type GraphNode, type Value } from '../graph/graph.js';
import { operations } from '../graph/operations.js';
import type { FunctionDefinition, NodeDefinition } from '../graph/saved-model.js';
import type { Island } from './find-islands.js';
import type { Rewrite } from './region-plans.js';
import { isRepeatable } from './repeatable.js';

/** An island as a function, and what to call it with. */
export interface IslandFunction {
  readonly definition: FunctionDefinition;
  readonly inputs: readonly Value[];
}

/**
 * Writes an island as a function that XLA compiles. Equal islands, such as those of a model's layers, give functions of
 * one name.
 *
 * @param results which of its values are needed outside
 * @param rewrites other ways to write a node, of which the first that applies is taken
 */
export function islandFunction(
  island: Island,
  results: readonly Value[],
  rewrites: readonly Rewrite[],
): IslandFunction {
  const members = new Set(island.nodes);
  const inputs = new Map<Value, string>();
  const names = new Map<GraphNode, string>();
  const nodes: NodeDefinition[] = [];

  const nameOf = ({ node, index }: Value): string => {
    const outputs = operations[node.op]?.outputs ?? ['output'];
    const name = names.get(node) as string;
    return outputs.length === 1 ? `${name}:${outputs[0]}:${index}` : `${name}:${outputs[index]}:0`;
  };
  const referTo = (value: Value): string => {
    if (!members.has(value.node) && !isRepeatable(value.node)) {
      const name = inputs.get(value) ?? `input${inputs.size}`;
      inputs.set(value, name);
      return name;
    }
    write(value.node);
    return nameOf(value);
  };
  const push = (op: string, references: readonly string[], attributes: Attributes): string => {
    const name = `node${nodes.length}`;
    nodes.push({ name, op, inputs: references, attributes });
    return name;
  };
  const write = (node: GraphNode): void => {
    if (names.has(node)) return;
    const references = node.inputs.map(referTo);
    const [first = ''] = references;
    const rewritten = rewrites.reduce<string | undefined>(
      (written, rewrite) => written ?? rewrite(node, first, push),
      undefined,
    );
    names.set(node, rewritten ?? push(node.op, references, node.attributes));
  };
  for (const node of island.nodes) write(node);

  const outputs = results.map(({ dtype }, index) => ({ name: `output${index}`, dtype }));
  const written = {
    inputs: [...inputs].map(([{ dtype }, name]) => ({ name, dtype })),
    outputs,
    nodes,
    results: Object.fromEntries(results.map((value, index) => [`output${index}`, nameOf(value)])),
    attributes: { _XlaMustCompile: { bool: true }, _noinline: { bool: true } },
  };
  const shapes = [...inputs.keys()].map(({ dtype, shape }) => `${dtype}[${shape}]`);
  const text = nodes.map(
    (node) => `${node.name}=${node.op}(${node.inputs}) ${attributesKey(node.attributes)}`,
  );
  const key = [...shapes, ...text, JSON.stringify(written.results)].join('\n');
  const name = `island_${createHash('sha256').update(key, 'latin1').digest('hex').slice(0, 16)}`;
  return { definition: { name, ...written }, inputs: [...inputs.keys()] };
}
