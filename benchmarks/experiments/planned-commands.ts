import { join } from 'node:path';
import type { Variant } from './experiment.js';
import type { Repetition } from './results.js';

/** The commands of one run by stage, as they are published: folders go by `DATA` and `RUNS`. */
export function plannedCommands(variant: Variant, seed: number): Readonly<Record<string, string>> {
  const stages = variant.stages({ data: 'DATA', seed, run: (stage) => join('RUNS', stage) });
  return Object.fromEntries(stages.map(({ name, words }) => [name, `whereabouts ${words.join(' ')}`]));
}

/** Whether a run has the flags that its variant has today, in any order: else its numbers are of something else. */
export function isAsPlanned({ seed, commands }: Repetition, variant: Variant): boolean {
  return sortedFlags(commands) === sortedFlags(plannedCommands(variant, seed));
}

function sortedFlags(commands: Readonly<Record<string, string>>): string {
  return JSON.stringify(
    Object.entries(commands)
      .map(([stage, command]) => [stage, ...command.split(' --').sort()])
      .sort(),
  );
}
