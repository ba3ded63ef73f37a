import { defaultText, type Flag } from '../src/command-line/flag.js';

/** The flags of a command as the rows of the README's table. */
export function flagTable(flags: readonly Flag[]): string[][] {
  const rows = flags.map((flag) => {
    const names = [flag.flag, ...(flag.aliases ?? [])].map((name) => `\`--${name}\``).join(', ');
    return [names, defaultText(flag), flag.unit ?? '', flag.description];
  });
  return [['flag', 'default', 'unit', 'what it is'], ...rows];
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
