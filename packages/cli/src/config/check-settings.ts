import { refusal } from '../settings/flag-value.js';
import { settings, settingsByPath } from '../settings/settings.js';
import type { TrainingConfig } from '../settings/training-config.js';

/**
 * Makes a configuration of values by path.
 *
 * @param nameOf what to call a setting in a message
 * @returns the configuration, or what is wrong with it: a sentence per setting
 */
export function checkSettings(
  values: Readonly<Record<string, unknown>>,
  nameOf: (path: string) => string,
): { readonly config: TrainingConfig } | { readonly complaints: readonly string[] } {
  const checked = [...settingsByPath].map(([path, setting]) => ({
    path,
    value: values[path],
    setting,
    parsed: setting.schema.safeParse(values[path]),
  }));
  const refused = checked.filter(({ parsed }) => !parsed.success);
  // What is missing may follow from what is wrong, so it is told only by itself.
  const wrong = refused.filter(({ value }) => value !== undefined);
  if (refused.length > 0)
    return {
      complaints: (wrong.length === 0 ? refused : wrong).map(({ path, value, setting }) =>
        refusal(nameOf(path), value, setting),
      ),
    };
  const taken = new Map(checked.map(({ path, parsed }) => [path, parsed.data]));
  const groups = Object.entries(settings).map(([group, members]) => [
    group,
    Object.fromEntries(Object.keys(members).map((name) => [name, taken.get(`${group}.${name}`)])),
  ]);
  return { config: Object.fromEntries(groups) };
}
