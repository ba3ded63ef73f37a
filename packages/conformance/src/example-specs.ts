import type { FeatureSpec } from '@whereabouts/layers';

/**
 * The backbones on which a head is checked unless others are given: a square and a rectangular grid, all positions and
 * a subset, one stage and two, with and without a pooled vector and a distilled one, and every kind of position encoding.
 */
export const exampleSpecs: readonly FeatureSpec[] = [
  {
    contract: 1,
    stages: [{ grid: { rows: 4, columns: 4 }, channels: 8, length: 16 }],
    pooled: 8,
    positionEncoding: 'absolute',
  },
  {
    contract: 1,
    stages: [{ grid: { rows: 3, columns: 5 }, channels: 8, length: 15 }],
    pooled: 0,
    positionEncoding: 'none',
  },
  {
    contract: 1,
    stages: [{ grid: { rows: 3, columns: 5 }, channels: 8, length: 6 }],
    pooled: 8,
    positionEncoding: 'none',
  },
  {
    contract: 1,
    stages: [
      { grid: { rows: 6, columns: 8 }, channels: 4, length: 48 },
      { grid: { rows: 3, columns: 4 }, channels: 8, length: 12 },
    ],
    pooled: 8,
    positionEncoding: 'relative',
  },
  {
    contract: 1,
    stages: [{ grid: { rows: 5, columns: 3 }, channels: 8, length: 10 }],
    pooled: 0,
    positionEncoding: 'partial',
  },
  {
    contract: 1,
    stages: [{ grid: { rows: 2, columns: 4 }, channels: 8, length: 8 }],
    pooled: 8,
    distilled: 8,
    positionEncoding: 'conditional',
  },
];
