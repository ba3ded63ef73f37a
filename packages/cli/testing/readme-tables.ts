import { defaultText, type Flag } from '../src/command-line/flag.js';
import { commands } from '../src/commands/commands.js';
import { presets } from '../src/config/presets.js';
import type { SettingGroup } from '../src/settings/setting.js';
import { settings } from '../src/settings/settings.js';

type Table = readonly (readonly string[])[];

/** Every table of the README that follows from data, by the heading above it: of commands, settings and presets. */
export async function readmeTables(): Promise<ReadonlyMap<string, Table>> {
  const tables: [string, Table][] = [['`--preset`', presetTable()]];
  for (const { name, load } of commands) {
    const { words, flags } = await load();
    const own = Object.entries(flags).flatMap(([group, members]) => (group in settings ? [] : members));
    tables.push([`\`${['whereabouts', name, ...Object.keys(words)].join(' ')}\``, flagTable(own)]);
  }
  for (const [name, group] of Object.entries(settings)) tables.push([`\`${name}\``, settingTable(group)]);
  return new Map(tables);
}

const namesOf = ({ flag, aliases = [] }: Flag) =>
  [flag, ...aliases].map((name) => `\`--${name}\``).join(', ');

function presetTable(): Table {
  const rows = Object.entries(presets).map(([name, { description }]) => [`\`${name}\``, description]);
  return [['preset', 'what it is'], ...rows];
}

function flagTable(flags: readonly Flag[]): Table {
  const rows = flags.map((flag) => [namesOf(flag), defaultText(flag), flag.unit ?? '', flag.description]);
  return [['flag', 'default', 'unit', 'what it is'], ...rows];
}

function settingTable(group: SettingGroup): Table {
  const rows = Object.entries(group).map(([name, setting]) => [
    `\`${name}\``,
    namesOf(setting),
    defaultText(setting),
    setting.unit ?? '',
    setting.description,
  ]);
  return [['setting', 'flag', 'default', 'unit', 'what it is'], ...rows];
}

/** The section below a heading of the third level, up to the next heading; undefined where there is none. */
export function sectionOf(readme: string, heading: string): string | undefined {
  return readme.split(`\n### ${heading}\n`)[1]?.split(/\n##+ /)[0];
}

/** The rows of all tables in a piece of Markdown, however their columns are aligned. */
export function tableRows(markdown: string): string[][] {
  return markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^[| :-]+$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** A table in Markdown, its columns aligned. */
export function tableText(rows: Table): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join(
    '\n',
  );
}
