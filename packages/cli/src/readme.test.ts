import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readmeTables, sectionOf, tableRows } from '../testing/readme-tables.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

const tables = [...(await readmeTables())];

describe('the README, whose tables `pnpm tables` writes,', () => {
  it.each(tables)('tells below %s what the help tells', (heading, rows) => {
    expect(tableRows(sectionOf(readme, heading) ?? '')).toEqual(rows);
  });
});
