import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { flagTable, tableRows } from '../testing/flag-table.js';
import { doctorFlags } from './doctor-command.js';
import { evaluateFlags } from './evaluate-command.js';
import { nativeInstallFlags } from './native-install-command.js';
import { trainFlags } from './train-command.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it.each([
    ['whereabouts train', trainFlags],
    ['whereabouts evaluate RUN', evaluateFlags],
    ['whereabouts doctor', doctorFlags],
    ['whereabouts native install', nativeInstallFlags],
  ])('tells every flag of %s as the help does', (command, flags) => {
    const section = readme.split(`\n### \`${command}\`\n`)[1]?.split(/\n##+ /)[0] ?? '';
    expect(tableRows(section)).toEqual(flagTable(flags));
  });
});
