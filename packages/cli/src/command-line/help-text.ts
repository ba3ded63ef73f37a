import type { Command, ListedCommand } from './command.js';
import { defaultText, type Flag } from './flag.js';

/** How help is laid out. */
export interface HelpStyle {
  /** Characters in a line. */
  readonly width: number;
  /** Makes text stand out, or leaves it as it is. */
  readonly emphasise: (text: string) => string;
}

/** What the command as a whole can do, a line per command. */
export function overview(
  title: string,
  prefix: string,
  commands: readonly ListedCommand[],
  style: HelpStyle,
): string {
  const rows = commands.map(({ name, description }): [string, string] => [name, description]);
  return [
    title,
    '',
    `${style.emphasise('Usage')}  ${prefix} COMMAND [FLAGS]`,
    '',
    ...section('Commands', rows, style),
    '',
    `${prefix} COMMAND --help tells what a command takes.`,
  ].join('\n');
}

/** What one command takes. */
export function commandHelp(
  { name, description }: ListedCommand,
  { words, flags }: Command,
  style: HelpStyle,
): string {
  const groups = Object.entries(flags).map(([heading, members]) =>
    section(
      heading,
      members.map((flag): [string, string] => [flagText(flag), helpText(flag)]),
      style,
    ),
  );
  const usage = ['whereabouts', name, ...Object.keys(words), '[FLAGS]'].join(' ');
  return [
    [description],
    [`${style.emphasise('Usage')}  ${usage}`],
    ...(Object.keys(words).length === 0 ? [] : [section('Words', Object.entries(words), style)]),
    ...groups,
  ]
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

function section(
  heading: string,
  rows: readonly (readonly [string, string])[],
  { width, emphasise }: HelpStyle,
): string[] {
  const column = Math.min(30, Math.max(...rows.map(([label]) => label.length)) + 2);
  const lines = rows.flatMap(([label, text]) => {
    const [first = '', ...rest] = wrap(text, Math.max(30, width - column - 2));
    const further = rest.map((line) => `${' '.repeat(column + 2)}${line}`);
    return label.length + 2 <= column
      ? [`  ${label.padEnd(column)}${first}`, ...further]
      : [`  ${label}`, ...[first, ...rest].map((line) => `${' '.repeat(column + 2)}${line}`)];
  });
  return [emphasise(heading), ...lines];
}

const valueNames: Readonly<Record<Exclude<Flag['type'], 'switch'>, string>> = {
  text: 'TEXT',
  number: 'NUMBER',
  numbers: 'NUMBERS',
  words: 'WORDS',
  schedule: 'NUMBER',
  list: 'TEXT',
  json: 'JSON',
};

function flagText({ flag, type }: Flag): string {
  return type === 'switch' ? `--${flag}` : `--${flag} ${valueNames[type]}`;
}

function helpText(flag: Flag): string {
  const notes = [
    ...(flag.unit === undefined ? [] : [flag.unit]),
    ...(defaultText(flag) === '' ? [] : [`default: ${defaultText(flag)}`]),
    ...(flag.aliases ?? []).map((alias) => `also --${alias}`),
  ];
  return notes.length === 0 ? flag.description : `${flag.description} (${notes.join('; ')})`;
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width) lines.push(line);
    line = longer.length > width ? word : longer;
  }
  return [...lines, line];
}
