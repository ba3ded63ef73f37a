import { z } from 'zod';
import type { Setting } from './setting.js';

/** What a setting says about itself besides its kind; `expected` where the kind's own words don't do. */
type About<Value> = Omit<Setting<Value>, 'schema' | 'type' | 'expected' | 'choices'> & {
  readonly expected?: string;
};

const whole = z.int().min(1);
const listOf = (words: readonly string[]) =>
  words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;

const numberOf =
  (schema: z.ZodType<number>, expected: string) =>
  (about: About<number>): Setting<number> => ({ type: 'number', schema, expected, ...about });

/** A whole number from 1 up. */
export const count = numberOf(whole, 'a whole number from 1 up');

/** A whole number from 0 up. */
export const countFromZero = numberOf(z.int().min(0), 'a whole number from 0 up');

export const positive = numberOf(z.number().gt(0), 'a number above 0');

export const notNegative = numberOf(z.number().min(0), 'a number from 0 up');

/** From 0 up to but not including 1. */
export const share = numberOf(z.number().min(0).lt(1), 'a share from 0 up to but not including 1');

/** Above 0 and up to 1. */
export const fraction = numberOf(z.number().gt(0).max(1), 'a share above 0 and up to 1');

/** From 0 to 1. */
export const probability = numberOf(z.number().min(0).max(1), 'a number from 0 to 1');

/** A word such as `all`, or a number of the given kind. */
export function wordOr<const Word extends string>(
  word: Word,
  kind: (about: About<number>) => Setting<number>,
  { default: ownDefault, ...about }: About<number | Word>,
): Setting<number | Word> {
  const { schema, expected, default: _none, ...number } = kind(about as About<number>);
  return {
    ...number,
    ...(ownDefault === undefined ? {} : { default: ownDefault }),
    schema: z.union([z.literal(word), schema]),
    expected: `${word}, or ${expected}`,
    choices: [word],
  };
}

/** One of a few words. */
export function choice<const Word extends string>(words: readonly Word[], about: About<Word>): Setting<Word> {
  return { type: 'text', schema: z.enum(words), expected: listOf(words), choices: words, ...about };
}

/** Named values of any kind that JSON has. */
export function jsonObject(
  about: About<Readonly<Record<string, unknown>>>,
): Setting<Readonly<Record<string, unknown>>> {
  return { type: 'json', schema: z.record(z.string(), z.json()), expected: 'an object in JSON', ...about };
}

/** Any text but the empty one. */
export function text(about: About<string> & { readonly expected: string }): Setting<string> {
  return { type: 'text', schema: z.string().min(1), ...about };
}

/** On or off; its flag alone turns it on, and `=false` off. */
export function onOff(about: About<boolean>): Setting<boolean> {
  return { type: 'switch', schema: z.boolean(), expected: 'true or false', ...about };
}

/** Names, separated by commas where they are text. */
export function names(
  about: About<readonly string[]> & { readonly expected: string },
): Setting<readonly string[]> {
  return { type: 'words', schema: z.array(z.string().min(1)), ...about };
}

/** Whole numbers from 1 up, separated by commas where they are text. */
export function counts(
  about: Omit<Setting<readonly number[]>, 'schema' | 'type' | 'expected'>,
): Setting<readonly number[]> {
  return {
    ...{ type: 'numbers', schema: z.array(whole), expected: 'whole numbers from 1 up, such as 2,2,6,2' },
    ...about,
  };
}
