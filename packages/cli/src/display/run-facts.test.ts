import { expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';
import { headerLines } from './run-facts.js';

it('the header says of the backbone of a module what is known, and what is not', () => {
  const lines = headerLines({
    folder: 'runs/first',
    config: resolveConfig({
      data: { path: 'fashion-mnist', imageSize: 28 },
      model: { backbone: '/models/pyramid.mjs', patchSize: 2 },
    }),
    backend: { backend: 'cpu', device: 'CPU', threads: 1, skipped: [] },
    data: {
      classes: ['bag', 'coat'],
      pictures: { train: 8, validation: 4 },
      normalisation: { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
    },
    spec: {
      contract: 1,
      stages: [
        { grid: { rows: 14, columns: 14 }, channels: 8, length: 49 },
        { grid: { rows: 7, columns: 7 }, channels: 16, length: 49 },
      ],
      pooled: 16,
      positionEncoding: 'relative',
    },
    backboneFile: { file: '/models/pyramid.mjs', sha256: '0123456789abcdef' },
    ...{ title: 'pictures in the package', ignored: [], notes: [] },
    chance: {},
    ...{ parameters: 1234, executor: 'eager', step: 0, steps: 4, stepsPerEpoch: 2 },
  });
  expect(lines.slice(1, 4)).toEqual([
    'model     /models/pyramid.mjs: 1,234 parameters, eager',
    '          SHA-256 0123456789ab..., without what it imports; given {"patchSize":2}',
    'tokens    28 x 28 px: 49 tokens on 14 x 14 = 196 positions of 8 channels; 7 x 7 = 49 positions of 16 channels; encoding relative',
  ]);
});
