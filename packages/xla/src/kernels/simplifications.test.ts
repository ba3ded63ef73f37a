import { beforeEach, describe, expect, it } from 'vitest';
import { createGraph, type Graph, type Value } from '../graph/graph.js';
import { kernels } from './kernels.js';

let graph: Graph;
let matrix: Value; // [3, 4]
let batch: Value; // [2, 3, 4]

const placeholder = (...shape: number[]): Value =>
  graph.add('Placeholder', [], { outputs: [{ dtype: 'float32', shape }], distinct: true })
    .outputs[0] as Value;

const record = (
  kernel: string,
  inputs: Record<string, Value>,
  attributes: Record<string, unknown> = {},
): Value => {
  const result = kernels[kernel]?.record({ graph, inputs, attributes }) as Value | readonly Value[];
  return 'node' in result ? result : (result[0] as Value);
};
const transpose = (x: Value, ...perm: number[]) => record('Transpose', { x }, { perm });
const reshape = (x: Value, ...shape: number[]) => record('Reshape', { x }, { shape });
const broadcast = (x: Value, ...reps: number[]) => record('Tile', { x }, { reps });
const product = (a: Value, b: Value) =>
  record('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });

/** The operations that a value depends on, in the order of recording. */
function operationsOf(value: Value): string[] {
  const nodes = new Set([value.node]);
  for (const node of nodes) for (const input of node.inputs) nodes.add(input.node);
  return [...nodes]
    .sort((a, b) => a.id - b.id)
    .map(({ op }) => op)
    .filter((op) => op !== 'Const' && op !== 'Placeholder');
}

beforeEach(() => {
  graph = createGraph();
  matrix = placeholder(3, 4);
  batch = placeholder(2, 3, 4);
});

describe('what changes nothing is not recorded', () => {
  it.each([
    ['Identity', 'x', {}],
    ['Cast', 'x', { dtype: 'float32' }],
    ['Reshape', 'x', { shape: [3, -1] }],
    ['Transpose', 'x', { perm: [0, 1] }],
    ['Tile', 'x', { reps: [1, 1] }],
    ['Slice', 'x', { begin: [0, 0], size: [-1, 4] }],
    ['SplitV', 'x', { numOrSizeSplits: [4], axis: 1 }],
    ['Concat', '0', { axis: 0 }],
    ['AddN', '0', {}],
    ['Sum', 'x', { axis: [], keepDims: false }],
    [
      'PadV2',
      'x',
      {
        paddings: [
          [0, 0],
          [0, 0],
        ],
        constantValue: 0,
      },
    ],
    ['Reverse', 'x', { dims: [] }],
  ])('%s', (kernel, input, attributes) => {
    expect(record(kernel, { [input]: matrix }, attributes)).toBe(matrix);
  });

  it('a factor of one', () => {
    const one = record('Fill', {}, { shape: [4], value: 1, dtype: 'float32' });
    expect(record('Multiply', { a: matrix, b: one })).toBe(matrix);
    expect(record('Multiply', { a: graph.float(1), b: matrix })).toBe(matrix);
    expect(record('Multiply', { a: graph.float(2), b: matrix }).node.op).toBe('Mul');
  });
});

describe('reshapes', () => {
  it('in a row are one', () => {
    expect(operationsOf(reshape(reshape(matrix, 12), 2, 6))).toEqual(['Reshape']);
    expect(reshape(reshape(matrix, 12), 3, 4)).toBe(matrix);
  });

  it('are what a new axis and moving a short axis are', () => {
    expect(record('ExpandDims', { input: matrix }, { dim: -1 })).toMatchObject({
      shape: [3, 4, 1],
      node: { op: 'Reshape' },
    });
    expect(transpose(placeholder(3, 1, 4), 1, 0, 2)).toMatchObject({
      shape: [1, 3, 4],
      node: { op: 'Reshape' },
    });
    expect(record('Pack', { 0: matrix }, { axis: 1 })).toMatchObject({
      shape: [3, 1, 4],
      node: { op: 'Reshape' },
    });
  });
});

describe('transpositions', () => {
  it('in a row are one, or none', () => {
    const both = transpose(transpose(batch, 1, 2, 0), 0, 2, 1);
    expect(operationsOf(both)).toEqual(['Transpose']);
    expect(both.shape).toEqual([3, 2, 4]);
    expect(transpose(transpose(matrix, 1, 0), 1, 0)).toBe(matrix);
  });
});

describe('broadcasts', () => {
  it('are what repeating short axes is', () => {
    expect(broadcast(placeholder(3, 1), 1, 4)).toMatchObject({ shape: [3, 4], node: { op: 'BroadcastTo' } });
    expect(broadcast(matrix, 1, 2)).toMatchObject({ shape: [3, 8], node: { op: 'Tile' } });
  });

  it('are left out where elementwise operations broadcast anyway', () => {
    const column = placeholder(3, 1);
    expect(operationsOf(record('Add', { a: matrix, b: broadcast(column, 1, 4) }))).toEqual(['AddV2']);
    expect(operationsOf(record('Add', { a: column, b: broadcast(column, 1, 4) }))).toEqual([
      'BroadcastTo',
      'AddV2',
    ]);
  });

  it('are what a factor of ones is', () => {
    const ones = record('Fill', {}, { shape: [3, 4], value: 1, dtype: 'float32' });
    const product = record('Multiply', { a: placeholder(3, 1), b: ones });
    expect(product).toMatchObject({ shape: [3, 4], node: { op: 'BroadcastTo' } });
  });
});

describe('products', () => {
  it('of single matrices are plain, without reshapes that cancel', () => {
    const single = product(reshape(matrix, 1, 3, 4), reshape(placeholder(4, 5), 1, 4, 5));
    expect(single.shape).toEqual([1, 3, 5]);
    expect(operationsOf(single)).toEqual(['MatMul', 'Reshape']);
    expect(operationsOf(reshape(single, 3, 5))).toEqual(['MatMul']);
  });

  it('of a batch by one matrix are one product of more rows', () => {
    const result = product(batch, placeholder(4, 5));
    expect(result.shape).toEqual([2, 3, 5]);
    expect(operationsOf(result)).toEqual(['Reshape', 'MatMul', 'Reshape']);
  });

  it('of batches are batched', () => {
    expect(operationsOf(product(batch, placeholder(2, 4, 5)))).toEqual(['BatchMatMulV2']);
  });

  it('take in a transposition of rows and columns', () => {
    const { node } = product(transpose(placeholder(4, 3), 1, 0), placeholder(4, 5));
    expect(node).toMatchObject({
      op: 'MatMul',
      attributes: { transpose_a: { bool: true }, transpose_b: { bool: false } },
    });
    expect(operationsOf(node.outputs[0] as Value)).toEqual(['MatMul']);

    const batched = product(batch, transpose(placeholder(2, 5, 4), 0, 2, 1)).node;
    expect(batched).toMatchObject({
      op: 'BatchMatMulV2',
      attributes: { adj_x: { bool: false }, adj_y: { bool: true } },
    });
    expect(operationsOf(batched.outputs[0] as Value)).toEqual(['BatchMatMulV2']);
  });

  it('leave a transposition of other axes', () => {
    const result = product(transpose(placeholder(3, 2, 4), 1, 0, 2), placeholder(2, 4, 5));
    expect(operationsOf(result)).toEqual(['Transpose', 'BatchMatMulV2']);
  });
});
