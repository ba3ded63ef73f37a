import { describe, expect, it } from 'vitest';
import { createGraph, type Graph, type Value } from './graph.js';

const square = (graph: Graph, value: Value): Value =>
  graph.value('Square', [value], { dtype: 'float32', shape: [4] });

const source = (graph: Graph): Value => graph.constant(new Float32Array(4), [4], 'float32');

describe('equal nodes', () => {
  it('are recorded once', () => {
    const graph = createGraph();
    const x = source(graph);
    expect(square(graph, x)).toBe(square(graph, x));
  });

  it('are two in two regions, one of which may compute the other anew', () => {
    const graph = createGraph();
    const x = source(graph);
    const [first, second] = [1, 2].map(() => graph.inRegion(() => square(graph, x)));
    expect(first?.node).not.toBe(second?.node);
    expect(square(graph, x).node).not.toBe(first?.node);
  });

  it('are one outside of regions and in the region whose own value they read', () => {
    const graph = createGraph();
    const x = source(graph);
    let inside: Value | undefined;
    const handedOver = graph.inRegion(() => {
      const value = square(graph, x);
      inside = square(graph, value);
      return value;
    });
    expect(square(graph, handedOver)).toBe(inside);
  });
});
