import { writeFileSync } from 'node:fs';
import { experiments } from './experiments.js';
import { readResults } from './results.js';
import { resultsPage } from './results-page.js';

const page = resultsPage(
  experiments.map((experiment) => ({ experiment, results: readResults(experiment.name) })),
);
writeFileSync(new URL('../../docs/results.md', import.meta.url), page);
