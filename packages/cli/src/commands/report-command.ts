import { join } from 'node:path';
import type { Command } from '../command-line/command.js';
import type { Flag } from '../command-line/flag.js';
import { debugFlag, outputFlag } from './run-flags.js';

const fileFlag: Flag<string> = {
  flag: 'file',
  type: 'text',
  expected: 'a file name',
  otherwise: 'report.html in the folder of the first run',
  description: 'where the page is written',
};

/** `whereabouts report RUNS...` */
export const reportCommand: Command = {
  words: { 'RUNS...': 'run folders, or names of such in --output' },
  flags: { Flags: [fileFlag, outputFlag, debugFlag] },
  run: async ({ values, words }) => {
    const { findRun } = await import('../run/find-run.js');
    const { collectReport } = await import('../report/collect-report.js');
    const { runNames } = await import('../report/run-names.js');
    const { renderReport } = await import('@whereabouts/report');
    const { writeFileAtomically } = await import('@whereabouts/weights/files');
    const output = String(values[outputFlag.flag] ?? outputFlag.default);
    const folders = await Promise.all(words.map((run) => findRun(String(run), output)));
    const names = runNames(folders);
    const runs = folders.map((folder, run) => collectReport(folder, names[run] ?? folder));
    const page = renderReport(await Promise.all(runs));
    const file = String(values[fileFlag.flag] ?? join(String(folders[0]), 'report.html'));
    await writeFileAtomically(file, page);
    console.log(`Wrote ${file}.`);
  },
};
