import type { Flag } from './flag.js';
import { usageError } from './usage-error.js';

/**
 * The value of a flag that takes one of a few words; undefined when it was not given.
 *
 * @throws when another word was given
 */
export function readChoice<Choice extends string>(
  values: Readonly<Record<string, unknown>>,
  { flag, expected }: Flag,
  choices: readonly Choice[],
): Choice | undefined {
  const value = values[flag];
  const choice = choices.find((known) => known === value);
  if (value !== undefined && choice === undefined)
    throw usageError(`--${flag} is ${JSON.stringify(value)}, but expected is ${expected}.`);
  return choice;
}
