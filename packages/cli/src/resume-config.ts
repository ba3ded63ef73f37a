import type { Flag } from './flag.js';
import { absoluteData, resolveConfig } from './resolve-config.js';
import type { TrainingConfig, TrainingRequest } from './training-config.js';
import { changeableFields, trainingFlags } from './training-flags.js';
import { usageError } from './usage-error.js';

/**
 * The configuration of a resumed run: its own, but for fields that say how it runs and not what it computes.
 *
 * @param stored of the run's `config.json`
 * @param given in addition
 * @throws when what is given contradicts the run, naming every flag that does
 */
export function resumeConfig(stored: TrainingConfig, given: TrainingRequest): TrainingConfig {
  const asked = { ...given, ...(given.data === undefined ? {} : { data: absoluteData(given.data) }) };
  const contradictions = Object.entries(trainingFlags).flatMap(([name, { flag }]: [string, Flag]) => {
    const field = name as keyof TrainingConfig;
    const same = asked[field] === undefined || JSON.stringify(asked[field]) === JSON.stringify(stored[field]);
    const changeable = changeableFields.some((free) => free === field);
    return same || changeable ? [] : [`--${flag} was ${stored[field]} and is now ${asked[field]}`];
  });
  if (contradictions.length > 0)
    throw usageError(
      `A run is resumed with its own settings, but ${contradictions.join('; ')}. Leave these flags out, or start a new run. Nothing was changed.`,
    );
  return resolveConfig({ ...stored, ...asked });
}
