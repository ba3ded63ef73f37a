import { expect, it } from 'vitest';
import { bfloat16Products } from './bfloat16-products.js';
import { createGraph, type Graph, type Value } from './graph.js';

const reshaped = (graph: Graph, value: Value, shape: readonly number[]): Value =>
  graph.value(
    'Reshape',
    [value, graph.integers(shape)],
    { dtype: 'float32', shape },
    { T: { type: 'float32' }, Tshape: { type: 'int32' } },
  );

const product = (graph: Graph, a: Value, b: Value): Value =>
  graph.value(
    'MatMul',
    [a, b],
    { dtype: 'float32', shape: [a.shape[0] as number, b.shape[1] as number] },
    { T: { type: 'float32' } },
  );

const castsOf = (graph: Graph, value: Value) =>
  graph.nodes.filter(({ op, inputs }) => op === 'Cast' && inputs[0] === value);

it('casts once what several products read in several shapes', () => {
  const graph = bfloat16Products(createGraph());
  const rows = graph.constant(new Float32Array(8), [4, 2], 'float32');
  const cube = reshaped(graph, rows, [2, 2, 2]);
  product(graph, rows, reshaped(graph, cube, [2, 4]));
  product(graph, reshaped(graph, cube, [8, 1]), reshaped(graph, rows, [1, 8]));
  expect(castsOf(graph, rows)).toHaveLength(1);
  expect(castsOf(graph, cube)).toHaveLength(0);
});

it('reads a product in bfloat16 where another one needs it, in whatever shape', () => {
  const graph = bfloat16Products(createGraph());
  const rows = graph.constant(new Float32Array(4), [2, 2], 'float32');
  const first = product(graph, rows, rows);
  const before = graph.nodes.length;
  const second = product(
    graph,
    reshaped(graph, reshaped(graph, first, [4]), [1, 4]),
    reshaped(graph, first, [4, 1]),
  );
  const added = graph.nodes.slice(before);
  expect(second.dtype).toBe('float32');
  expect(added.filter(({ op }) => op === 'Cast').map(({ inputs }) => inputs[0]?.dtype)).toEqual(['bfloat16']);
});
