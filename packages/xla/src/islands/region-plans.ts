import type { GraphNode } from '../graph/graph.js';
import { findIslands, type Island } from './find-islands.js';
import { writeLaneSum } from './lane-sum.js';
import type { Push } from './push.js';
import { writeRounding } from './rounding.js';
import { wholeIslands } from './whole-islands.js';

/** Writes a node in another way than its own; undefined where it has none for it. */
export type Rewrite = (node: GraphNode, input: string, push: Push) => string | undefined;

/** What XLA compiles of a function, and how it is written for it. */
export interface RegionPlan {
  readonly islandsOf: (nodes: readonly GraphNode[]) => readonly Island[];
  readonly rewrites: readonly Rewrite[];
}

/**
 * What XLA compiles of a function: what lies between its products, which TensorFlow computes faster on a processor, or all of
 * it, which saves a graphics card a thousand small kernels.
 */
export type Regions = 'between-products' | 'whole';

/** How each kind of regions is found; what is rewritten pays for XLA's code for processors alone. */
export const regionPlans: Readonly<Record<Regions, RegionPlan>> = {
  'between-products': { islandsOf: findIslands, rewrites: [writeLaneSum, writeRounding] },
  whole: { islandsOf: wholeIslands, rewrites: [] },
};
