import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createGraph, type Graph, type GraphNode, type Value } from '../graph/graph.js';
import { findIslands } from './find-islands.js';

const square = { dtype: 'float32', shape: [4, 4] } as const;
const scalar = { dtype: 'float32', shape: [] } as const;
const input = (graph: Graph) =>
  graph.add('Placeholder', [], { outputs: [square], distinct: true }).outputs[0] as Value;
const exp = (graph: Graph, x: Value) => graph.value('Exp', [x], square);
const add = (graph: Graph, a: Value, b: Value) => graph.value('AddV2', [a, b], square);
const product = (graph: Graph, a: Value, b: Value) => graph.value('MatMul', [a, b], square);
const names = (graph: Graph) =>
  findIslands(graph.nodes).map(({ nodes }) => nodes.map(({ op, id }) => `${op}${id}`).join(' '));

describe('findIslands', () => {
  it('joins neighbours up to the next product', () => {
    const graph = createGraph();
    const x = input(graph); // 0
    const before = exp(graph, exp(graph, x)); // 1, 2
    const between = product(graph, before, before); // 3
    exp(graph, add(graph, between, x)); // 4, 5
    expect(names(graph)).toEqual(['Exp1 Exp2', 'AddV24 Exp5']);
  });

  it('lets no way out of an island lead back into it', () => {
    const graph = createGraph();
    const x = exp(graph, exp(graph, input(graph))); // 1, 2
    add(graph, x, product(graph, x, x)); // 4: reads both the island and what comes after it
    expect(names(graph)).toEqual(['Exp1 Exp2']);
  });

  it('leaves single nodes and scalars to TensorFlow', () => {
    const graph = createGraph();
    const x = graph.add('Placeholder', [], { outputs: [scalar], distinct: true }).outputs[0] as Value;
    graph.value('Exp', [graph.value('Exp', [x], scalar)], scalar);
    exp(graph, input(graph));
    expect(names(graph)).toEqual([]);
  });

  it('makes one island of what was marked as one region, and waits with what can wait', () => {
    const graph = createGraph();
    const [x, y] = [input(graph), input(graph)]; // 0, 1
    graph.inRegion(() => [exp(graph, x), exp(graph, y)]); // 2, 3
    const late = product(graph, x, y); // 4
    graph.inRegion(() => add(graph, exp(graph, product(graph, x, x)), late), { of: 1, upstream: [] }); // 5, 6, 7
    expect(names(graph)).toEqual(['Exp2 Exp3', 'Exp6 AddV27']);
  });

  it('never makes a graph that waits for itself', () => {
    const step = fc.record({
      op: fc.constantFrom('Exp', 'AddV2', 'MatMul', 'Reshape', 'Transpose', 'Sum'),
      a: fc.nat(),
      b: fc.nat(),
      region: fc.boolean(),
      anew: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 60 }), (steps) => {
        const graph = createGraph();
        const values: Value[] = [input(graph), input(graph)];
        for (const { op, a, b, region, anew } of steps) {
          const pick = (index: number) => values[index % values.length] as Value;
          const record = () => graph.value(op, [pick(a), pick(b)], op === 'Sum' ? scalar : square);
          values.push(
            region
              ? graph.inRegion(record, anew ? { of: 1, upstream: values.slice(0, 1) } : undefined)
              : record(),
          );
        }
        expect(canRun(graph.nodes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

// What is repeated belongs to everyone who reads it.
const sourcesOf = ({ inputs }: GraphNode): readonly GraphNode[] =>
  inputs.flatMap(({ node }) => (node.op === 'Reshape' ? sourcesOf(node) : [node]));

/** Whether units, which are islands or single nodes, can run one after the other. */
function canRun(nodes: readonly GraphNode[]): boolean {
  const islandOf = new Map(
    findIslands(nodes).flatMap((island) => island.nodes.map((node) => [node, island] as const)),
  );
  const unitOf = (node: GraphNode): object => islandOf.get(node) ?? node;
  const needs = new Map<object, Set<object>>();
  for (const node of nodes) {
    const unit = unitOf(node);
    const before = needs.get(unit) ?? new Set();
    for (const from of sourcesOf(node)) if (unitOf(from) !== unit) before.add(unitOf(from));
    needs.set(unit, before);
  }
  for (let left = needs.size; needs.size > 0; left = needs.size) {
    for (const [unit, before] of needs)
      if ([...before].every((other) => !needs.has(other))) needs.delete(unit);
    if (needs.size === left) return false;
  }
  return true;
}
