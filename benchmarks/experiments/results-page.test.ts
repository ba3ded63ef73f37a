import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Experiment, Variant } from './experiment.js';
import { experiments } from './experiments.js';
import { isAsPlanned } from './planned-commands.js';
import { type Repetition, readResults } from './results.js';
import { resultsPage } from './results-page.js';

const experiment: Experiment = {
  name: 'made-up',
  title: 'Made up',
  question: 'Does it?',
  deviations: 'Everything.',
  data: 'clothing',
  seeds: [1, 2],
  variants: [
    { name: 'without', stages: () => [] },
    { name: 'with', against: 'without', stages: () => [] },
  ],
  measurements: [{ title: 'accuracy', stage: 'test', path: ['accuracy'] }],
};

const run = (variant: string, seed: number, accuracy: number): Repetition => ({
  ...{ variant, seed, state: 'finished', started: '2026-01-01T00:00:00.000Z', commands: {} },
  machine: { processor: 'P', device: 'CPU', threads: 2, node: 'v20' },
  seconds: { train: 90 },
  measured: { test: { accuracy } },
});

it('pairs differences by seed', () => {
  const runs = [run('without', 1, 0.5), run('without', 2, 0.6), run('with', 1, 0.54), run('with', 2, 0.68)];
  const page = resultsPage([{ experiment, results: { experiment: 'made-up', runs } }]);
  expect(page).toContain('| without | 1, 2 | 55.0 ± 7.1 | baseline | 1.5 |');
  // Differences 4 and 8: mean 6, deviation 2.83, t for 1 degree of freedom 12.706, so 6 ± 25.4.
  expect(page).toContain('| with | 1, 2 | 61.0 ± 9.9 | +6.0 (-19.4 to 31.4) | 1.5 |');
});

it('tells of runs that are no variant of the experiment', () => {
  const results = { experiment: 'made-up', runs: [run('elsewhere', 3, 0.1)] };
  expect(resultsPage([{ experiment, results }])).toContain(
    '- elsewhere, seed 3: finished {"test":{"accuracy":0.1}}',
  );
});

it('docs/results.md is what the results say', () => {
  const page = resultsPage(experiments.map((one) => ({ experiment: one, results: readResults(one.name) })));
  const written = readFileSync(new URL('../../docs/results.md', import.meta.url), 'utf8');
  expect(written, 'run npx --yes pnpm@12.21.0 results').toBe(page);
});

it('every run of a variant has the flags that the variant has', () => {
  const changed = experiments.flatMap(({ name, variants }) =>
    readResults(name).runs.filter((run) => {
      const variant = variants.find((one) => one.name === run.variant);
      return variant !== undefined && !isAsPlanned(run, variant);
    }),
  );
  expect(changed.map(({ variant, seed }) => `${variant}, seed ${seed}`)).toEqual([]);
});

it('tells a run with other flags from one with the same flags in another order', () => {
  const words = ['train', '--absolute', '0', '--relative', '0.5'];
  const variant: Variant = { name: 'with', stages: () => [{ name: 'train', words, trains: true }] };
  const asPlanned = (train: string) => isAsPlanned({ ...run('with', 1, 0.5), commands: { train } }, variant);
  expect(asPlanned('whereabouts train --absolute 0 --relative 0.5')).toBe(true);
  expect(asPlanned('whereabouts train --relative 0.5 --absolute 0')).toBe(true);
  expect(asPlanned('whereabouts train --absolute 0.5 --relative 0')).toBe(false);
  expect(asPlanned('whereabouts train --absolute 0')).toBe(false);
});
