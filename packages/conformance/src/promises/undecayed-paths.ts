import type { Variables } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';

/** `undecayed` names variables. */
export function undecayedPaths(undecayed: readonly string[], variables: Variables): void {
  const stranger = undecayed.find((path) => variables[path] === undefined);
  if (stranger !== undefined)
    throw brokenPromise(
      'undecayed names variables',
      `one of ${Object.keys(variables).join(', ')}`,
      `"${stranger}"`,
    );
}
