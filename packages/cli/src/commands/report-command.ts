import { join } from 'node:path';
import type { Command } from '../command-line/command.js';
import type { Flag } from '../command-line/flag.js';
import { usageError } from '../command-line/usage-error.js';
import { debugFlag, outputFlag } from './run-flags.js';

const fileFlag: Flag<string> = {
  flag: 'file',
  type: 'text',
  expected: 'a file name',
  otherwise: 'report.html in the folder of the first run',
  description: 'where the page is written',
};

/** Whether pictures are looked at. */
const picturesFlag: Flag<boolean> = {
  flag: 'pictures',
  type: 'switch',
  default: true,
  expected: 'true or false',
  description:
    'shows the best weights the validation pictures: confusion, mistakes, places, attention, features',
};

/** `whereabouts report RUNS...` */
export const reportCommand: Command = {
  words: { 'RUNS...': 'run folders, or names of such in --output' },
  flags: { Flags: [fileFlag, picturesFlag, outputFlag, debugFlag] },
  run: async ({ values, words }) => {
    if (words.length === 0) throw usageError('Say what to report on: a run folder, or several.');
    const { findRun } = await import('../run/find-run.js');
    const { writeReport } = await import('../report/write-report.js');
    const output = String(values[outputFlag.flag] ?? outputFlag.default);
    const folders = await Promise.all(words.map((run) => findRun(String(run), output)));
    const file = String(values[fileFlag.flag] ?? join(String(folders[0]), 'report.html'));
    await writeReport(folders, { file, pictures: values[picturesFlag.flag] !== false });
    console.log(`Wrote ${file}.`);
  },
};
