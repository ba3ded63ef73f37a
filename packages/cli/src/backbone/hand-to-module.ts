import { usageError } from '../command-line/usage-error.js';
import type { Given } from '../config/given.js';
import { mergeGiven } from '../config/merge-given.js';
import { isObject } from '../config/read-settings.js';
import { builtInBackbone, shapeSettings } from '../settings/model-settings.js';

/**
 * Hands the settings of a built-in model's shape, such as `--patch-size`, to the module that makes the backbone instead, if
 * they were given: as options of the same name, unless those were given, too.
 *
 * @param sources of a new run; a later one counts more
 * @throws when a built-in model was asked for as well
 */
export function handToModule(sources: readonly (readonly Given[])[]): readonly (readonly Given[])[] {
  const merged = mergeGiven(sources);
  const backbone = merged.get('model.backbone');
  if (backbone === undefined || backbone.value === builtInBackbone) return sources;
  const model = merged.get('model.name');
  if (model !== undefined)
    throw usageError(`${model.name} and ${backbone.name} both say what is trained; give one of them.`);
  const options = merged.get('model.backboneOptions');
  if (options !== undefined && !isObject(options.value)) return sources; // refused when values are checked
  const shape = Object.keys(shapeSettings).flatMap((name) => {
    const given = merged.get(`model.${name}`);
    return given === undefined ? [] : [[name, given.value]];
  });
  const value = { ...Object.fromEntries(shape), ...(options?.value as object | undefined) };
  const { name } = options ?? backbone;
  return [...sources, [{ path: 'model.backboneOptions', value, name }]];
}
