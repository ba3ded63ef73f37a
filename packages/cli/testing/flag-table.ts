import { defaultText, type Flag } from '../src/command-line/flag.js';
import type { SettingGroup } from '../src/settings/setting.js';

const namesOf = ({ flag, aliases = [] }: Flag) =>
  [flag, ...aliases].map((name) => `\`--${name}\``).join(', ');

/** The flags of a command as the rows of the README's table. */
export function flagTable(flags: readonly Flag[]): string[][] {
  const rows = flags.map((flag) => [namesOf(flag), defaultText(flag), flag.unit ?? '', flag.description]);
  return [['flag', 'default', 'unit', 'what it is'], ...rows];
}

/** A group of settings as the rows of the README's table. */
export function settingTable(group: SettingGroup): string[][] {
  const rows = Object.entries(group).map(([name, setting]) => [
    `\`${name}\``,
    namesOf(setting),
    defaultText(setting),
    setting.unit ?? '',
    setting.description,
  ]);
  return [['setting', 'flag', 'default', 'unit', 'what it is'], ...rows];
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
