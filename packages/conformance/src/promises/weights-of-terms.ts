import type { HeadLoss } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';

/** `weights` speaks of terms that there are, in finite numbers. */
export function weightsOfTerms(
  weights: Readonly<Record<string, number>>,
  terms: Readonly<Record<string, HeadLoss>>,
): void {
  const promise = 'weights are finite numbers by the name of a term';
  if (Object.keys(terms).length === 0)
    throw brokenPromise('an objective has at least one term', 'one or more', 'none');
  for (const [name, weight] of Object.entries(weights)) {
    if (terms[name] === undefined)
      throw brokenPromise(promise, `one of the terms ${Object.keys(terms).join(', ')}`, `"${name}"`);
    if (!Number.isFinite(weight)) throw brokenPromise(promise, `a finite weight of ${name}`, `${weight}`);
  }
}
