import type { Command } from '../command-line/command.js';
import { debugFlag, jsonFlag, outputFlag } from './run-flags.js';
import { checkpointFlag, findTrainedRun, runWord } from './trained-run.js';

/** `whereabouts export RUN FOLDER` */
export const exportCommand: Command = {
  words: { ...runWord, FOLDER: 'a folder that is not there yet' },
  flags: { Flags: [checkpointFlag, outputFlag, jsonFlag, debugFlag] },
  run: async ({ values, words }) => {
    const [run = '', folder = ''] = words;
    const found = await findTrainedRun(run, values);
    const { exportRun } = await import('../export/export-run.js');
    const done = await exportRun(found, folder);
    if (values[jsonFlag.flag] === true) return console.log(JSON.stringify(done, undefined, 2));
    console.log(
      `${done.checkpoint}: ${done.tensors} tensors to ${done.folder}, with ${done.files.join(', ')}`,
    );
    if (done.heads.length > 0) console.log(`heads dropped: ${done.heads.join(', ')}`);
    for (const note of done.notes) console.log(note);
  },
};
