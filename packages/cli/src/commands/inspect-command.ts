import type { Command } from '../command-line/command.js';
import { debugFlag, jsonFlag } from './run-flags.js';

/** `whereabouts inspect PATH` */
export const inspectCommand: Command = {
  words: {
    PATH: 'a run folder, a checkpoint, or any safetensors file, whole or in shards',
  },
  flags: { Flags: [jsonFlag, debugFlag] },
  run: async ({ values, words }) => {
    const path = String(words[0]);
    const print = (facts: object, lines: readonly string[]) =>
      console.log(values[jsonFlag.flag] === true ? JSON.stringify(facts, undefined, 2) : lines.join('\n'));
    const { isRunFolder } = await import('../run/find-run.js');
    const { fileLines, runLines } = await import('../inspect/inspection-lines.js');
    if (isRunFolder(path)) {
      const { inspectRun } = await import('../inspect/inspect-run.js');
      const facts = await inspectRun(path);
      return print(facts, runLines(facts));
    }
    const { refusePickle } = await import('../convert/refuse-pickle.js');
    refusePickle(path);
    const { inspectFile } = await import('../inspect/inspect-file.js');
    const facts = await inspectFile(path);
    print(facts, fileLines(facts));
  },
};
