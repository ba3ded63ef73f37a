import { checkHead } from '@whereabouts/conformance';
import { it } from 'vitest';
import { absolutePositions } from './absolute-positions.js';
import { relativePositions } from './relative-positions.js';

it('the absolute head keeps the promises of the interface', () =>
  checkHead((spec, seed) => absolutePositions({ spec, seed })));

it('the exact relative head keeps the promises of the interface', () =>
  checkHead((spec, seed) => relativePositions({ spec, seed })));

it('the sampled relative head keeps the promises of the interface', () =>
  checkHead((spec, seed) => relativePositions({ spec, seed, pairs: 5 })));
