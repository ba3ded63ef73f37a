import { settings, settingsByPath } from '../settings/settings.js';
import type { Given } from './given.js';
import { suggestSetting } from './suggest-setting.js';

/** What an object of settings holds, and everything that is wrong with its shape, a sentence each. */
export interface SettingsRead {
  readonly given: readonly Given[];
  readonly complaints: readonly string[];
}

/**
 * Reads settings from an object of groups, as config files and programs hand them over. Values are not checked yet; what
 * names a file becomes absolute.
 *
 * @param options.folder from which files are meant
 * @param options.place where a path was written, to stand behind its name, such as ` (whereabouts.yaml:7)`
 */
export function readSettings(
  object: unknown,
  options: { readonly folder: string; readonly place?: (path: readonly string[]) => string },
): SettingsRead {
  const { folder, place = () => '' } = options;
  const given: Given[] = [];
  const complaints: string[] = [];
  for (const [group, members] of entriesOf(object)) {
    const known = Object.entries(settings).find(([name]) => name === group)?.[1];
    const names = Object.keys(known ?? {}).join(', ');
    if (known === undefined) complaints.push(unknownSetting(group, place([group])));
    else if (!isObject(members) && members !== null && members !== undefined)
      complaints.push(
        `${group}${place([group])} is ${JSON.stringify(members)}, but it is a group of settings: ${names}.`,
      );
    else
      for (const [name, value] of entriesOf(members)) {
        const path = `${group}.${name}`;
        const setting = settingsByPath.get(path);
        const where = place([group, name]);
        if (setting === undefined)
          complaints.push(`${unknownSetting(path, where)} The settings of ${group} are ${names}.`);
        else if (value !== undefined)
          given.push({ path, value: absolute(setting, value, folder), name: `${path}${where}` });
      }
  }
  return { given, complaints };
}

/** A value that means the same from every folder. */
export function absolute(
  setting: { readonly absolute?: (value: string, folder: string) => string },
  value: unknown,
  folder: string,
): unknown {
  return typeof value === 'string' && value !== '' ? (setting.absolute?.(value, folder) ?? value) : value;
}

/** Says that there is no such setting, and which one may have been meant. */
export function unknownSetting(path: string, place = ''): string {
  const suggestion = suggestSetting(path);
  const remedy =
    suggestion === undefined
      ? `The groups are ${Object.keys(settings).join(', ')}.`
      : `Did you mean ${suggestion}?`;
  return `There is no setting "${path}"${place}. ${remedy}`;
}

/** Whether a value is an object of named values, and no list. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): [string, unknown][] {
  return isObject(value) ? Object.entries(value) : [];
}
