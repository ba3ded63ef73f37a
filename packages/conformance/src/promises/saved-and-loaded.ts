import { disposeVariables, evaluationPass, loadVariables, readVariables } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { difference, outputsOf } from '../outputs.js';
import type { MakeSpecimen, Specimen } from '../specimen.js';
import { unsettle } from '../unsettle.js';

/** The variables are all there is to save: loaded into another instance, they make it equal. */
export async function savedAndLoaded(
  specimen: Specimen,
  make: MakeSpecimen,
  otherSeed: number,
): Promise<void> {
  const promise = 'saved variables, loaded into a fresh instance, give the same output';
  unsettle(specimen.variables(), 0.1);
  const other = make(otherSeed);
  try {
    loadVariables(other.variables(), await readVariables(specimen.variables()));
  } catch (error) {
    throw brokenPromise(promise, 'the same paths and shapes in every instance', String(error));
  }
  const first = await outputsOf(() => specimen.run(evaluationPass()));
  const second = await outputsOf(() => other.run(evaluationPass()));
  disposeVariables(other.variables());
  const found = difference(first, second, 1e-5);
  if (found !== undefined) throw brokenPromise(promise, 'equal outputs', found);
}
