import { describe, expect, it } from 'vitest';
import { createGraph, type Graph, type Value } from '../graph/graph.js';
import { wholeIslands } from './whole-islands.js';

const square = { dtype: 'float32', shape: [4, 4] } as const;
const input = (graph: Graph) =>
  graph.add('Placeholder', [], { outputs: [square], distinct: true }).outputs[0] as Value;
const add = (graph: Graph, op: string, ...inputs: Value[]) => graph.value(op, inputs, square);
const names = (graph: Graph) =>
  wholeIslands(graph.nodes).map(({ nodes }) => nodes.map(({ op, id }) => `${op}${id}`).join(' '));

describe('wholeIslands', () => {
  it('joins all between inputs and results, products and single numbers too', () => {
    const graph = createGraph();
    const x = input(graph); // 0
    const sum = graph.value('Sum', [add(graph, 'MatMul', x, x)], { dtype: 'float32', shape: [] }); // 1, 2
    const table = graph.constant(new Float32Array(4096), [64, 64], 'float32'); // 3
    const result = add(graph, 'Mul', add(graph, 'Exp', table), sum); // 4, 5
    graph.add('Identity', [result], { outputs: [square], distinct: true });
    expect(names(graph)).toEqual(['MatMul1 Sum2 Exp4 Mul5']);
  });

  it('ends before an operation that XLA does not know, and begins anew behind it', () => {
    const graph = createGraph();
    const x = add(graph, 'Exp', input(graph)); // 1
    const grown = add(graph, 'Dilation2D', x, x); // 2
    add(graph, 'AddV2', add(graph, 'Neg', x), grown); // 3, 4: reads both
    expect(names(graph)).toEqual(['Exp1 Neg3', 'AddV24']);
  });
});
