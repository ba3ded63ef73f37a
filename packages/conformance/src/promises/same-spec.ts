import type { FeatureSpec } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';

/** A backbone says the same of itself whenever it is asked, and whatever seed it was made from. */
export function sameSpec(first: string, later: FeatureSpec): void {
  const found = JSON.stringify(later);
  if (found !== first) throw brokenPromise('the spec stays the same, whatever the seed', first, found);
}
