import { settingsByPath } from '../settings/settings.js';
import { configFlag, presetFlag, setFlag } from './config-flags.js';
import type { Given } from './given.js';
import { presetSettings } from './presets.js';
import { readConfigFile } from './read-config-file.js';
import { readSet } from './read-set.js';
import { absolute } from './read-settings.js';

/**
 * What a command was told about a training, a source each, of which a later one counts more: the preset, the config file,
 * the flags, `--set`.
 *
 * @param values of the flags that were given
 */
export async function gatherSettings(
  values: Readonly<Record<string, unknown>>,
): Promise<readonly (readonly Given[])[]> {
  const folder = process.cwd();
  const asked = values[configFlag.flag];
  const file = asked === undefined ? undefined : await readConfigFile(String(asked));
  const typed = values[presetFlag.flag];
  const preset = typed === undefined ? file?.preset : { value: typed, name: `--${presetFlag.flag}` };
  const flags = [...settingsByPath].flatMap(([path, setting]): Given[] =>
    setting.flag in values
      ? [{ path, value: absolute(setting, values[setting.flag], folder), name: `--${setting.flag}` }]
      : [],
  );
  const entries = (values[setFlag.flag] ?? []) as readonly string[];
  return [
    presetSettings(preset?.value, preset?.name),
    file?.given ?? [],
    flags,
    entries.map((entry) => readSet(entry, folder)),
  ];
}
