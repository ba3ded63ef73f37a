import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flagTable, tableRows } from '../testing/flag-table.js';
import { commands } from './commands/commands.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it.each(commands)('tells every flag of $name as the help does', async ({ name, load }) => {
    const { words, flags } = await load();
    const heading = ['whereabouts', name, ...Object.keys(words)].join(' ');
    const section = readme.split(`\n### \`${heading}\`\n`)[1]?.split(/\n##? /)[0] ?? '';
    expect(tableRows(section.split('\n### ')[0] ?? '')).toEqual(Object.values(flags).flatMap(flagTable));
  });
});
