import { nearestName } from '../command-line/nearest-name.js';
import { usageError } from '../command-line/usage-error.js';
import type { Setting } from './setting.js';

/**
 * The value of a flag, by default as the flag says.
 *
 * @param values that were given
 * @throws when another value was given than it takes, or none where there is no default
 */
export function flagValue<Value>(setting: Setting<Value>, values: Readonly<Record<string, unknown>>): Value {
  const parsed = setting.schema.safeParse(values[setting.flag] ?? setting.default);
  if (!parsed.success) throw usageError(refusal(`--${setting.flag}`, values[setting.flag], setting));
  return parsed.data;
}

/** Says that a setting doesn't take a value, what it takes, and what may have been meant. */
export function refusal(name: string, value: unknown, { expected, choices = [] }: Setting): string {
  const nearest = typeof value === 'string' ? nearestName(value, choices) : undefined;
  const suggestion = nearest === undefined ? '' : ` Did you mean "${nearest}"?`;
  return `${name} is ${valueText(value)}, but expected is ${expected}.${suggestion}`;
}

/** A value as people read it. */
export function valueText(value: unknown): string {
  return value === undefined ? 'missing' : JSON.stringify(value);
}
