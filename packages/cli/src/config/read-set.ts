import { readText } from '../command-line/read-flags.js';
import { usageError } from '../command-line/usage-error.js';
import { settings, settingsByPath } from '../settings/settings.js';
import type { Given } from './given.js';
import { absolute, unknownSetting } from './read-settings.js';

/**
 * Reads what `--set` was given, such as `schedule.learningRate=1e-3`: the text is read as the setting's flag reads it.
 *
 * @throws when it names no setting, or has no value
 */
export function readSet(entry: string, folder: string): Given {
  const [, path = '', text = ''] = /^([^=]*)=(.*)$/s.exec(entry) ?? [];
  if (path === '' || text === '')
    throw usageError(
      `--set ${entry} cannot be read; expected is a setting and its value, such as schedule.learningRate=1e-3.`,
    );
  const setting = settingsByPath.get(path);
  if (setting !== undefined)
    return { path, value: absolute(setting, readText(setting, text), folder), name: `--set ${path}` };
  const members = Object.entries(settings).find(([group]) => group === path)?.[1];
  throw usageError(
    members === undefined
      ? unknownSetting(path, ' (--set)')
      : `--set ${path} names a group; set one of its settings: ${Object.keys(members).join(', ')}.`,
  );
}
