import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flagTable, settingTable, tableRows } from '../testing/flag-table.js';
import { commands } from './commands/commands.js';
import { presets } from './config/presets.js';
import { settings } from './settings/settings.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
const sectionOf = (heading: string) => readme.split(`\n### \`${heading}\`\n`)[1]?.split(/\n##+ /)[0] ?? '';

describe('the README', () => {
  it.each(commands)('tells every flag of $name as the help does', async ({ name, load }) => {
    const { words, flags } = await load();
    const own = Object.entries(flags).flatMap(([group, members]) => (group in settings ? [] : members));
    const section = sectionOf(['whereabouts', name, ...Object.keys(words)].join(' '));
    expect(tableRows(section)).toEqual(flagTable(own));
  });

  it.each(Object.entries(settings))('tells every setting of %s as the help does', (name, group) => {
    expect(tableRows(sectionOf(name))).toEqual(settingTable(group));
  });

  it('tells every preset', () => {
    const rows = Object.entries(presets).map(([name, { description }]) => [`\`${name}\``, description]);
    expect(tableRows(sectionOf('--preset'))).toEqual([['preset', 'what it is'], ...rows]);
  });
});
