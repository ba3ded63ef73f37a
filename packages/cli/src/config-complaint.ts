import type { ZodError } from 'zod';
import type { Flag } from './flag.js';
import { trainingFlags } from './training-flags.js';

/**
 * What is wrong with a configuration, one clause per field, naming flag, value and what was expected.
 *
 * @param given the object that zod refused
 */
export function configComplaint(error: ZodError, given: Readonly<Record<string, unknown>>): string {
  // What is missing may follow from what is wrong, so it is told only by itself.
  const wrong = error.issues.filter(({ path }) => path.length === 0 || given[String(path[0])] !== undefined);
  const clauses = (wrong.length === 0 ? error.issues : wrong).flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => `there is no setting "${key}"`);
    const field = String(issue.path[0]);
    const flag: Flag | undefined = Object.entries(trainingFlags).find(([name]) => name === field)?.[1];
    return [`--${flag?.flag} is ${valueText(given[field])}, but expected is ${flag?.expected}`];
  });
  return [...new Set(clauses)].join('; ');
}

function valueText(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
