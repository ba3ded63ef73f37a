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
  const complaints = [...settingsByPath].flatMap(([path, setting]) => {
    const { success } = setting.schema.safeParse(values[path]);
    const value = values[path];
    return success ? [] : [{ isMissing: value === undefined, text: refusal(nameOf(path), value, setting) }];
  });
  // What is missing may follow from what is wrong, so it is told only by itself.
  const wrong = complaints.filter(({ isMissing }) => !isMissing);
  if (complaints.length > 0)
    return { complaints: (wrong.length === 0 ? complaints : wrong).map(({ text }) => text) };
  const groups = Object.entries(settings).map(([group, members]) => [
    group,
    Object.fromEntries(Object.keys(members).map((name) => [name, values[`${group}.${name}`]])),
  ]);
  return { config: Object.fromEntries(groups) };
}
