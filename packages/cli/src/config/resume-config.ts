import { usageError } from '../command-line/usage-error.js';
import { valueText } from '../settings/flag-value.js';
import { settingsByPath } from '../settings/settings.js';
import type { TrainingConfig } from '../settings/training-config.js';
import type { Given } from './given.js';
import { mergeGiven } from './merge-given.js';
import { readSettings } from './read-settings.js';
import { resolveSettings } from './resolve-config.js';
import { statedSettings } from './stated-settings.js';

/**
 * The configuration of a resumed run: its own, but for settings that say how it runs and not what it computes.
 *
 * @param stored of the run's `config.json`
 * @param sources what is given in addition; a later one counts more
 * @throws when what is given contradicts the run, naming every setting that does
 */
export function resumeConfig(stored: TrainingConfig, sources: readonly (readonly Given[])[]): TrainingConfig {
  const own = readSettings(statedSettings(stored), { folder: '' }).given;
  const before = new Map(own.map(({ path, value }) => [path, value]));
  const changed = [...mergeGiven(sources).values()].filter(({ path, value }) => {
    const taken = settingsByPath.get(path)?.schema.safeParse(value);
    return JSON.stringify(taken?.data ?? value) !== JSON.stringify(before.get(path));
  });
  const contradicting = changed.filter(({ path }) => settingsByPath.get(path)?.changeable !== true);
  if (contradicting.length > 0) {
    const list = contradicting.map(
      ({ path, value, name }) => `${name} was ${valueText(before.get(path))} and is now ${valueText(value)}`,
    );
    throw usageError(
      `A run is resumed with its own settings, but ${list.join('; ')}. Leave these out, or start a new run. Nothing was changed.`,
    );
  }
  return resolveSettings([own, changed]);
}
