import { disposeVariables, evaluationPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { difference, outputsOf } from '../outputs.js';
import type { MakeSpecimen, Specimen } from '../specimen.js';

/** Two made from one seed are equal. */
export async function sameSeed(specimen: Specimen, make: MakeSpecimen, seed: number): Promise<void> {
  const twin = make(seed);
  const first = await outputsOf(() => specimen.run(evaluationPass()));
  const second = await outputsOf(() => twin.run(evaluationPass()));
  disposeVariables(twin.variables());
  const found = difference(first, second, 1e-5);
  if (found !== undefined)
    throw brokenPromise(
      'the same seed gives the same output',
      'equal outputs of two made from one seed',
      found,
    );
}
