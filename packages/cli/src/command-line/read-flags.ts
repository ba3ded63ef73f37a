import { parseArgs } from 'node:util';
import type { Flag } from './flag.js';
import { nearestName } from './nearest-name.js';
import { usageError } from './usage-error.js';

/** What was typed after a command: only what was given, by the flag's own name, read as its type says. */
export interface GivenFlags {
  readonly values: Readonly<Record<string, unknown>>;
  /** Words that belong to no flag. */
  readonly words: readonly string[];
}

/**
 * Reads what was typed after a command.
 *
 * @param options.words names of the words that the command takes; the last may end in `...`, which is any number of them
 * @throws on an unknown flag (naming the nearest known one), a flag without its value, a word too many or too few
 */
export function readFlags(
  typed: readonly string[],
  flags: readonly Flag[],
  options: { readonly words?: readonly string[] } = {},
): GivenFlags {
  const byName = new Map(
    flags.flatMap((flag) => [flag.flag, ...(flag.aliases ?? [])].map((name) => [name, flag])),
  );
  const { tokens } = parseArgs({
    args: [...typed],
    options: Object.fromEntries(
      [...byName].map(([name, { type }]) => [name, { type: type === 'switch' ? 'boolean' : 'string' }]),
    ),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, unknown> = {};
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    const flag = byName.get(token.name);
    if (flag === undefined || !token.rawName.startsWith('--'))
      throw unknownFlag(token.rawName, [...byName.keys()]);
    values[flag.flag] = readers[flag.type](requiredText(flag, token), values[flag.flag]);
  }
  checkWords(words, options.words ?? []);
  return { values, words };
}

/** A setting's value as its flag reads it. */
export function readText({ type }: Flag, text: string): unknown {
  return readers[type](text, undefined);
}

function unknownFlag(typed: string, known: readonly string[]): Error {
  const nearest = nearestName(typed.replace(/^-+/, ''), known);
  return usageError(
    `There is no flag ${typed}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`} Nothing was done.`,
  );
}

function checkWords(given: readonly string[], wanted: readonly string[]): void {
  const missing = wanted.slice(given.length).find((name) => !name.endsWith('...'));
  if (missing !== undefined) throw usageError(`${missing} is missing; --help tells what the command takes.`);
  const surplus = wanted.at(-1)?.endsWith('...') === true ? undefined : given[wanted.length];
  if (surplus !== undefined)
    throw usageError(
      `"${surplus}" belongs to no flag${wanted.length === 0 ? '' : `, and only ${wanted.join(' and ')} is taken`}.`,
    );
}

// `true` for a switch, which has no text of its own.
function requiredText(
  flag: Flag,
  token: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
): string {
  const { value, inlineValue = false } = token;
  if (flag.type === 'switch' && value === undefined) return 'true';
  if (value === undefined || value === '' || (!inlineValue && value.startsWith('--')))
    throw usageError(`--${flag.flag} needs a value; expected is ${flag.expected}.`);
  if (flag.type === 'switch' && !['true', 'false'].includes(value))
    throw usageError(`--${flag.flag} is on or left out, but was given ${JSON.stringify(value)}.`);
  return value;
}

// What isn't a number, or no JSON, stays text, so that the configuration's check can quote it.
const numberOrText = (text: string) =>
  text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);

const switches: Readonly<Record<string, boolean>> = { true: true, false: false };

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const readers: Readonly<Record<Flag['type'], (text: string, before: unknown) => unknown>> = {
  text: (text) => text,
  number: numberOrText,
  numbers: (text) => text.split(/[\s,]+/).map(numberOrText),
  words: (text) => text.split(',').filter((word) => word !== ''),
  schedule: (text) =>
    text.includes('=')
      ? Object.fromEntries(
          text.split(',').map((part) => {
            const [name = '', value = ''] = part.split('=');
            return [name, numberOrText(value)];
          }),
        )
      : numberOrText(text),
  switch: (text) => switches[text] ?? text,
  json: jsonOrText,
  list: (text, before) => [...((before ?? []) as readonly string[]), text],
};
