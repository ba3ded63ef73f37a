import { defineCommand } from 'citty';
import { cittyArguments } from './citty-arguments.js';
import type { Flag } from './flag.js';
import { evaluationText } from './metrics-text.js';
import { readChoice } from './read-choice.js';
import { readFlags } from './read-flags.js';
import { debugFlag, jsonFlag, outputFlag } from './run-flags.js';
import { trainingFlags } from './training-flags.js';

const checkpointFlag: Flag<string> = {
  flag: 'checkpoint',
  type: 'text',
  default: 'best',
  expected: 'best or last',
  description: 'best (highest validation accuracy) or last',
};

const splitFlag: Flag<string> = {
  flag: 'split',
  type: 'text',
  default: 'validation',
  expected: 'train, validation or test',
  description: 'train, validation or test',
};

/** All flags of `whereabouts evaluate`, in the order of the help. */
export const evaluateFlags: readonly Flag[] = [
  checkpointFlag,
  splitFlag,
  outputFlag,
  { ...trainingFlags.backend, otherwise: "the run's" },
  { ...trainingFlags.threads, otherwise: "the run's" },
  { ...trainingFlags.executor, otherwise: "the run's" },
  jsonFlag,
  debugFlag,
];

/** `whereabouts evaluate` */
export const evaluateCommand = defineCommand({
  meta: {
    name: 'whereabouts evaluate',
    description: 'Evaluates a checkpoint of a run on a split of its data; writes nothing.',
  },
  args: cittyArguments(evaluateFlags, { run: 'a run folder, or the name of one in --output' }),
  run: async ({ rawArgs }) => {
    const { values, words } = readFlags(rawArgs, evaluateFlags, { words: ['RUN'] });
    const checkpoint = readChoice(values, checkpointFlag, ['best', 'last'] as const) ?? 'best';
    const split = readChoice(values, splitFlag, ['train', 'validation', 'test'] as const) ?? 'validation';
    const { findRun } = await import('./find-run.js');
    const { runEvaluation } = await import('./run-evaluation.js');
    const { readRunConfig } = await import('./run-folder.js');
    const { resumeConfig } = await import('./resume-config.js');
    const folder = await findRun(String(words[0]), String(values[outputFlag.flag] ?? outputFlag.default));
    const { backend, threads, executor } = resumeConfig(
      await readRunConfig(folder),
      pick(values, ['backend', 'threads', 'executor']),
    );
    const result = await runEvaluation(folder, { checkpoint, split, backend, threads, executor });
    if (values[jsonFlag.flag] === true) return console.log(JSON.stringify(result, undefined, 2));
    console.log(
      `${result.checkpoint}, written after step ${result.step}, on ${result.images} ${split} pictures (${result.backend.backend}):`,
    );
    console.log(evaluationText(result.metrics, result.chance));
  },
});

function pick(values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name)));
}
