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
 * Reads what was typed after a command. citty takes unknown flags and surplus words silently; this doesn't.
 *
 * @param options.words names of the words that the command takes, for the message
 * @throws on an unknown flag (naming the nearest known one), a flag without its value and a word too many
 */
export function readFlags(
  typed: readonly string[],
  flags: readonly Flag[],
  options: { readonly words?: readonly string[] } = {},
): GivenFlags {
  const { words: wanted = [] } = options;
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
    values[flag.flag] = readValue(flag, token);
  }
  const surplus = words[wanted.length];
  if (surplus !== undefined)
    throw usageError(
      `"${surplus}" belongs to no flag${wanted.length === 0 ? '' : `, and only ${wanted.join(' and ')} is taken`}.`,
    );
  return { values, words };
}

function unknownFlag(typed: string, known: readonly string[]): Error {
  const nearest = nearestName(typed.replace(/^-+/, ''), known);
  return usageError(
    `There is no flag ${typed}.${nearest === undefined ? '' : ` Did you mean --${nearest}?`} Nothing was done.`,
  );
}

function readValue(
  flag: Flag,
  token: { readonly value?: string | undefined; readonly inlineValue?: boolean | undefined },
) {
  const { value, inlineValue = false } = token;
  if (flag.type === 'switch') {
    if (value !== undefined)
      throw usageError(`--${flag.flag} takes no value, but was given ${JSON.stringify(value)}.`);
    return true;
  }
  if (value === undefined || value === '' || (!inlineValue && value.startsWith('--')))
    throw usageError(`--${flag.flag} needs a value; expected is ${flag.expected}.`);
  return readers[flag.type](value);
}

// What isn't a number stays text, so that the configuration's check can quote it.
const numberOrText = (text: string) =>
  text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);

const readers: Readonly<Record<'text' | 'number' | 'numbers', (text: string) => unknown>> = {
  text: (text) => text,
  number: numberOrText,
  numbers: (text) => text.split(/[\s,]+/).map(numberOrText),
};
