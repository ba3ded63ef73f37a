import { disposeVariables } from '@whereabouts/layers';
import { evaluationAlone } from './promises/evaluation-alone.js';
import { finiteValues } from './promises/finite-values.js';
import { noTensorLeft } from './promises/no-tensor-left.js';
import { nothingFrozen } from './promises/nothing-frozen.js';
import { nothingReadBack } from './promises/nothing-read-back.js';
import { sameSeed } from './promises/same-seed.js';
import { savedAndLoaded } from './promises/saved-and-loaded.js';
import { trainingBySeedAndStep } from './promises/training-by-seed-and-step.js';
import { variablesByPath } from './promises/variables-by-path.js';
import type { MakeSpecimen, Specimen } from './specimen.js';

const seed = 1;
const otherSeed = 2;

const promises: readonly ((specimen: Specimen, make: MakeSpecimen) => void | Promise<void>)[] = [
  variablesByPath,
  noTensorLeft,
  nothingReadBack,
  finiteValues,
  evaluationAlone,
  trainingBySeedAndStep,
  nothingFrozen,
  (specimen, make) => sameSeed(specimen, make, seed),
  (specimen, make) => savedAndLoaded(specimen, make, otherSeed),
];

/** Checks what every pass of a backbone, head or objective promises; a fresh one for each promise. */
export async function checkRuns(make: MakeSpecimen): Promise<void> {
  for (const promise of promises) await withFresh(make, (specimen) => promise(specimen, make));
}

/** Makes a specimen for one check and frees its variables, whatever happens. */
export async function withFresh<Kind extends Specimen>(
  make: MakeSpecimen<Kind>,
  check: (specimen: Kind) => void | Promise<void>,
): Promise<void> {
  const specimen = make(seed);
  try {
    await check(specimen);
  } finally {
    disposeVariables(specimen.variables());
  }
}
