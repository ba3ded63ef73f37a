// Writes every table of the README that follows from data: `pnpm tables`. A section without a table gets one at its end.
import { readFileSync, writeFileSync } from 'node:fs';
import { readmeTables, sectionOf, tableText } from './readme-tables.js';

const file = new URL('../README.md', import.meta.url);
const table = /(^\|.*\n)+/m;
let readme = readFileSync(file, 'utf8');
for (const [heading, rows] of await readmeTables()) {
  const section = sectionOf(readme, heading);
  if (section === undefined) {
    console.error(`The README has no heading "### ${heading}".`);
    process.exitCode = 1;
    continue;
  }
  const text = `${tableText(rows)}\n`;
  const written = table.test(section) ? section.replace(table, () => text) : `${section}\n${text}`;
  readme = readme.replace(`\n### ${heading}\n${section}`, () => `\n### ${heading}\n${written}`);
}
writeFileSync(file, readme);
