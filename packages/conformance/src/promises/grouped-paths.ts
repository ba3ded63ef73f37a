import { isUnder, type LayerGroups, type Variables } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';

/** `layerGroups` names variables, none in two groups. */
export function groupedPaths(layerGroups: LayerGroups, variables: Variables): void {
  const promise = 'layerGroups names variables, none in two groups';
  const paths = Object.keys(variables);
  const stranger = layerGroups.flat().find((name) => !paths.some((path) => isUnder(path, name)));
  if (stranger !== undefined)
    throw brokenPromise(promise, `names that lead one of ${paths.join(', ')}`, `"${stranger}"`);
  const groupsOf = (path: string) =>
    layerGroups.flatMap((group, index) => (group.some((name) => isUnder(path, name)) ? [index] : []));
  const shared = paths.find((path) => groupsOf(path).length > 1);
  if (shared !== undefined)
    throw brokenPromise(
      promise,
      'each variable in one group at most',
      `"${shared}" in ${groupsOf(shared).join(' and ')}`,
    );
}
