import { evaluationPass, trainingPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import type { Specimen } from '../specimen.js';
import { whereRead } from '../where-read.js';

/** A pass never looks at a value, so that a compiler can trace it. */
export function nothingReadBack(specimen: Specimen): void {
  const at = whereRead(() => {
    specimen.run(evaluationPass());
    specimen.run(trainingPass({ seed: 0, step: 0 }));
  });
  if (at !== undefined)
    throw brokenPromise(
      'a pass reads nothing back from the engine',
      'no data, dataSync, array or print of a tensor in it',
      `a tensor read ${at}`,
    );
}
