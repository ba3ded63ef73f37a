import type { Command } from '../command-line/command.js';
import type { Flag } from '../command-line/flag.js';
import { readChoice } from '../command-line/read-choice.js';
import { gatherSettings } from '../config/gather-settings.js';
import { runSettings } from '../settings/run-settings.js';
import { checkpointFlag, debugFlag, jsonFlag, outputFlag } from './run-flags.js';

const splitFlag: Flag<string> = {
  flag: 'split',
  type: 'text',
  default: 'validation',
  expected: 'train, validation or test',
  description: 'train, validation or test',
};

/** `whereabouts evaluate RUN` */
export const evaluateCommand: Command = {
  words: { RUN: 'a run folder, or the name of one in --output' },
  flags: {
    Flags: [
      checkpointFlag,
      splitFlag,
      outputFlag,
      { ...runSettings.backend, otherwise: "the run's" },
      { ...runSettings.threads, otherwise: "the run's" },
      { ...runSettings.executor, otherwise: "the run's" },
      jsonFlag,
      debugFlag,
    ],
  },
  run: async ({ values, words }) => {
    const checkpoint = readChoice(values, checkpointFlag, ['best', 'last'] as const) ?? 'best';
    const split = readChoice(values, splitFlag, ['train', 'validation', 'test'] as const) ?? 'validation';
    const { findRun } = await import('../run/find-run.js');
    const { runEvaluation } = await import('../run/run-evaluation.js');
    const { readRunConfig } = await import('../run/run-folder.js');
    const { resumeConfig } = await import('../config/resume-config.js');
    const { evaluationText } = await import('../display/metrics-text.js');
    const folder = await findRun(String(words[0]), String(values[outputFlag.flag] ?? outputFlag.default));
    const { run } = resumeConfig(await readRunConfig(folder), await gatherSettings(values));
    const { backend, threads, executor } = run;
    const result = await runEvaluation(folder, { checkpoint, split, backend, threads, executor });
    if (values[jsonFlag.flag] === true) return console.log(JSON.stringify(result, undefined, 2));
    console.log(
      `${result.checkpoint}, written after step ${result.step}, on ${result.images} ${split} pictures (${result.backend.backend}):`,
    );
    console.log(evaluationText(result.metrics, result.chance));
  },
};
