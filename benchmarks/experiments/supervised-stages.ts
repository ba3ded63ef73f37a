import type { Place, Stage } from './experiment.js';

/**
 * A training from scratch, and the test of its last weights: nothing is chosen by looking at pictures that it is judged by.
 *
 * @param flags of `whereabouts train`
 */
export function supervisedStages(flags: readonly string[]): (place: Place) => readonly Stage[] {
  return ({ data, seed, run }) => [
    {
      name: 'train',
      words: ['train', '--data', data, '--seed', String(seed), ...flags],
      trains: true,
    },
    {
      name: 'test',
      words: ['evaluate', run('train'), '--split', 'test', '--checkpoint', 'last', '--json'],
      trains: false,
    },
  ];
}
