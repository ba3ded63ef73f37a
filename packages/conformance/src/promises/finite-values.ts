import { evaluationPass, trainingPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { outputsOf } from '../outputs.js';
import type { Specimen } from '../specimen.js';

/** Nothing is infinite or NaN at the start. */
export async function finiteValues(specimen: Specimen): Promise<void> {
  for (const pass of [evaluationPass(), trainingPass({ seed: 0, step: 0 })])
    for (const [name, { values }] of Object.entries(await outputsOf(() => specimen.run(pass)))) {
      const odd = Array.from(values).find((value) => !Number.isFinite(value));
      if (odd !== undefined)
        throw brokenPromise('all values are finite', `finite numbers in ${name} at the start`, String(odd));
    }
}
