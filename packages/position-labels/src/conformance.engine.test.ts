import { checkHead, exampleSpecs } from '@whereabouts/conformance';
import type { FeatureSpec } from '@whereabouts/layers';
import { expect, it } from 'vitest';
import { absolutePositions } from './absolute-positions.js';
import { droppedPositions } from './dropped-positions.js';
import { jigsawPositions } from './jigsaw-positions.js';
import { linearPositions } from './linear-positions.js';
import type { PositionHead } from './position-head.js';
import { relativeDirections } from './relative-directions.js';
import { relativeOffsets } from './relative-offsets.js';
import { relativePositions } from './relative-positions.js';

const decoder = { channels: 6, depth: 2, heads: 2 };
const heads: Readonly<Record<string, (spec: FeatureSpec, seed: number) => PositionHead<unknown>>> = {
  absolute: (spec, seed) => absolutePositions({ spec, seed }),
  'exact relative': (spec, seed) => relativePositions({ spec, seed }),
  'sampled relative': (spec, seed) => relativePositions({ spec, seed, pairs: 5 }),
  linear: (spec, seed) => linearPositions({ spec, seed }),
  jigsaw: (spec, seed) => jigsawPositions({ spec, seed }),
  direction: (spec, seed) => relativeDirections({ spec, seed, width: 2 }),
  offset: (spec, seed) => relativeOffsets({ spec, seed, pairs: 5, hidden: 6 }),
  dropped: (spec, seed) => droppedPositions({ spec, seed, decoder }),
};

it.each(Object.entries(heads))('the %s head keeps the promises of the interface', (_name, create) =>
  checkHead(create),
);

// One example spec alone has a partial encoding: here all shapes have.
const partly = exampleSpecs.map((spec): FeatureSpec => ({ ...spec, positionEncoding: 'partial' }));

it('the dropped head keeps them on every grid that is told in part', () =>
  checkHead((spec, seed) => droppedPositions({ spec, seed, decoder }), { specs: partly }));

it('the dropped head refuses a backbone that tells all positions or none', () => {
  for (const spec of exampleSpecs.filter(({ positionEncoding }) => positionEncoding !== 'partial'))
    expect(() => droppedPositions({ spec, decoder })).toThrow(
      `The dropped position head needs a position encoding of the kind partial, but the backbone's is ${spec.positionEncoding}.`,
    );
});
