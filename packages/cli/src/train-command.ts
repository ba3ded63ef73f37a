import { join } from 'node:path';
import { defineCommand } from 'citty';
import { cittyArguments } from './citty-arguments.js';
import { displayOn } from './display-on.js';
import { evaluationText } from './metrics-text.js';
import { readFlags } from './read-flags.js';
import { debugFlag, experimentFlag, outputFlag, resumeFlag } from './run-flags.js';
import type { RunResult } from './run-training.js';
import { type StopSignals, stopSignals } from './stop-signals.js';
import type { TrainingConfig, TrainingRequest } from './training-config.js';
import { trainingFlags } from './training-flags.js';
import { usageError } from './usage-error.js';

/** All flags of `whereabouts train`, in the order of the help. */
export const trainFlags = [
  ...Object.values(trainingFlags),
  outputFlag,
  experimentFlag,
  resumeFlag,
  debugFlag,
];

/** `whereabouts train` */
export const trainCommand = defineCommand({
  meta: {
    name: 'whereabouts train',
    description:
      'Trains a vision transformer on a folder of pictures, with position labels beside the classes.',
  },
  args: cittyArguments(trainFlags),
  run: async ({ rawArgs }) => {
    const { values } = readFlags(rawArgs, trainFlags);
    const { folder, config, resume } = await planRun(values);
    const { runTraining } = await import('./run-training.js');
    const display = displayOn(process.stdout);
    const controller = new AbortController();
    let stop: StopSignals | undefined;
    const askToStop = () => {
      controller.abort();
      display.note('Stopping after this step; press Ctrl-C again to stop at once.');
    };
    try {
      const result = await runTraining(config, {
        folder,
        resume,
        signal: controller.signal,
        callbacks: [display.callback],
        onReady: (facts) => {
          stop = stopSignals(askToStop); // before, there is nothing to save
          display.begin(facts);
          if (resume)
            display.note(
              facts.step === 0 ? fromTheStart : `Goes on after step ${facts.step} of ${facts.steps}.`,
            );
        },
      });
      display.end();
      for (const line of endLines(result)) console.log(line);
      process.exitCode = result.finished ? 0 : (stop?.exitCode() ?? 1);
    } finally {
      display.end();
      stop?.dispose();
    }
  },
});

const fromTheStart = 'It stopped before its first checkpoint, so it starts again at step 0.';

async function planRun(
  values: Readonly<Record<string, unknown>>,
): Promise<{ folder: string; config: TrainingConfig; resume: boolean }> {
  const output = String(values[outputFlag.flag] ?? outputFlag.default);
  const request = requestOf(values);
  if (values[resumeFlag.flag] !== undefined) {
    if (values[experimentFlag.flag] !== undefined)
      throw usageError('--experiment names a new run and --resume an earlier one; give one of them.');
    const { findRun } = await import('./find-run.js');
    const { readRunConfig } = await import('./run-folder.js');
    const { resumeConfig } = await import('./resume-config.js');
    const folder = await findRun(String(values[resumeFlag.flag]), output);
    return { folder, config: resumeConfig(await readRunConfig(folder), request), resume: true };
  }
  const { resolveConfig } = await import('./resolve-config.js');
  const config = resolveConfig(request);
  const name =
    values[experimentFlag.flag] ?? `${dateAndTime(new Date())}-${config.model}-${config.imageSize}`;
  return { folder: join(output, String(name)), config, resume: false };
}

// What was typed may be of any type yet: `resolveConfig` checks every value.
function requestOf(values: Readonly<Record<string, unknown>>): TrainingRequest {
  return Object.fromEntries(
    Object.entries(trainingFlags).flatMap(([field, { flag }]) =>
      flag in values ? [[field, values[flag]]] : [],
    ),
  );
}

function dateAndTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}

function endLines(result: RunResult): string[] {
  const { folder, step, steps, finished, evaluation, best, chance, imagesPerSecond } = result;
  if (!finished)
    return [
      `Stopped after step ${step} of ${steps}${step === 0 ? '' : '; a checkpoint is written'}. Go on with: whereabouts train --resume ${folder}`,
    ];
  return [
    ...(evaluation === undefined ? [] : [`Validation: ${evaluationText(evaluation, chance)}.`]),
    ...(best === undefined ? [] : [`Best: ${best.metric} ${best.value.toFixed(4)} at step ${best.step}.`]),
    ...(imagesPerSecond === undefined
      ? ['All steps were done before.']
      : [`${imagesPerSecond.toFixed(0)} images/s while training.`]),
    `The run is in ${folder}.`,
  ];
}
