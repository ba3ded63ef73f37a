import type { Command } from '../command-line/command.js';
import { flagValue } from '../settings/flag-value.js';
import { choice } from '../settings/setting-kinds.js';
import { debugFlag, jsonFlag } from './run-flags.js';
import { findTrainedRun, runFlags, runWord } from './trained-run.js';

const splitFlag = choice(['train', 'validation', 'test'], {
  flag: 'split',
  default: 'validation',
  description: 'train, validation or test',
});

/** `whereabouts evaluate RUN` */
export const evaluateCommand: Command = {
  words: runWord,
  flags: { Flags: [splitFlag, ...runFlags, jsonFlag, debugFlag] },
  run: async ({ values, words }) => {
    const split = flagValue(splitFlag, values);
    const { file, engine } = await findTrainedRun(String(words[0]), values);
    const { runEvaluation } = await import('../run/run-evaluation.js');
    const { evaluationText } = await import('../display/metrics-text.js');
    const { backend, threads, executor } = engine;
    const result = await runEvaluation(file, { split, backend, threads, executor });
    if (values[jsonFlag.flag] === true) return console.log(JSON.stringify(result, undefined, 2));
    console.log(
      `${result.checkpoint}, written after step ${result.step}, on ${result.images} ${split} pictures (${result.backend.backend}):`,
    );
    console.log(evaluationText(result.metrics, result.chance));
  },
};
