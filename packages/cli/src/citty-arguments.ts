import type { ArgsDef } from 'citty';
import { defaultText, type Flag } from './flag.js';

/**
 * Flags as citty's help shows them. Defaults are told in words and not handed to citty, so that what was given can be
 * told from what wasn't; other names of a flag are told likewise, because citty would show them with one dash.
 *
 * @param words that the command takes, by name
 */
export function cittyArguments(
  flags: readonly Flag[],
  words: Readonly<Record<string, string>> = {},
): ArgsDef {
  return {
    ...Object.fromEntries(
      Object.entries(words).map(([name, description]) => [
        name,
        { type: 'positional' as const, description },
      ]),
    ),
    ...Object.fromEntries(
      flags.map((flag) => [
        flag.flag,
        flag.type === 'switch'
          ? { type: 'boolean' as const, description: flag.description }
          : { type: 'string' as const, description: helpText(flag), valueHint: flag.type },
      ]),
    ),
  };
}

function helpText(flag: Flag): string {
  const notes = [
    ...(flag.unit === undefined ? [] : [flag.unit]),
    ...(defaultText(flag) === '' ? [] : [`default: ${defaultText(flag)}`]),
    ...(flag.aliases ?? []).map((alias) => `also --${alias}`),
  ];
  return notes.length === 0 ? flag.description : `${flag.description} (${notes.join('; ')})`;
}
