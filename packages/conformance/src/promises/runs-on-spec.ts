import type { FeatureSpec } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { describeSpec } from '../describe-spec.js';

/** A head that was made for a spec runs on features of that spec. */
export function runsOnSpec(spec: FeatureSpec, run: () => void): void {
  try {
    run();
  } catch (error) {
    const complaint = error instanceof Error ? error.message : String(error);
    throw brokenPromise(
      'a head runs on every spec that meets its needs',
      `no error on ${describeSpec(spec)}`,
      `"${complaint}"`,
    );
  }
}
