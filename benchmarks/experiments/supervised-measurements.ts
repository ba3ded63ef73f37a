import type { Measurement } from './experiment.js';

/** What a supervised run is judged by, on test pictures. */
export const supervisedMeasurements: readonly [Measurement, ...Measurement[]] = [
  { title: 'test accuracy', stage: 'test', path: ['metrics', 'classes.accuracy'] },
  { title: 'absolute position', stage: 'test', path: ['metrics', 'absolute.accuracy'] },
  { title: 'relative position', stage: 'test', path: ['metrics', 'relative.accuracy'] },
];
