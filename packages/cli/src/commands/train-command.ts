import { join, parse } from 'node:path';
import { handToModule } from '../backbone/hand-to-module.js';
import type { Command } from '../command-line/command.js';
import { usageError } from '../command-line/usage-error.js';
import { gatherSettings } from '../config/gather-settings.js';
import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { debugFlag, experimentFlag, jsonFlag, outputFlag, resumeFlag } from './run-flags.js';
import { configFlags, settingFlags } from './setting-flags.js';

/** `whereabouts train` */
export const trainCommand: Command = {
  words: {},
  flags: {
    'This command': [outputFlag, experimentFlag, resumeFlag, jsonFlag, debugFlag],
    'Settings from': configFlags,
    ...settingFlags,
  },
  run: async ({ values }) => {
    const { folder, config, resume } = await planRun(values);
    const { runTraining } = await import('../run/run-training.js');
    const { stopSignals } = await import('@whereabouts/trainer');
    const { displayOn } = await import('../display/display-on.js');
    const display = displayOn(process.stdout, { json: values[jsonFlag.flag] === true });
    const controller = new AbortController();
    let stop: ReturnType<typeof stopSignals> | undefined;
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
        onUnreadable: (problem) => display.note(`${problem} Another picture takes its place.`),
        onReady: (facts) => {
          stop = stopSignals(askToStop); // before, there is nothing to save
          display.begin(facts);
          if (resume)
            display.note(
              facts.step === 0 ? fromTheStart : `Goes on after step ${facts.step} of ${facts.steps}.`,
            );
        },
      });
      display.end(result);
      process.exitCode = result.finished ? 0 : (stop?.exitCode() ?? 0);
    } finally {
      display.close();
      stop?.dispose();
    }
  },
};

const fromTheStart = 'It stopped before its first checkpoint, so it starts again at step 0.';

async function planRun(
  values: Readonly<Record<string, unknown>>,
): Promise<{ folder: string; config: TrainingConfig; resume: boolean }> {
  const output = String(values[outputFlag.flag] ?? outputFlag.default);
  const sources = await gatherSettings(values);
  if (values[resumeFlag.flag] !== undefined) {
    if (values[experimentFlag.flag] !== undefined)
      throw usageError('--experiment names a new run and --resume an earlier one; give one of them.');
    const { findRun } = await import('../run/find-run.js');
    const { readRunConfig } = await import('../run/run-folder.js');
    const { resumeConfig } = await import('../config/resume-config.js');
    const folder = await findRun(String(values[resumeFlag.flag]), output);
    return { folder, config: resumeConfig(await readRunConfig(folder), sources), resume: true };
  }
  const { resolveSettings } = await import('../config/resolve-config.js');
  const config = resolveSettings(handToModule(sources));
  const { model, data } = config;
  const modelName = model.backbone === builtInBackbone ? model.name : parse(model.backbone).name;
  const name = values[experimentFlag.flag] ?? `${dateAndTime(new Date())}-${modelName}-${data.imageSize}`;
  return { folder: join(output, String(name)), config, resume: false };
}

function dateAndTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}${two(date.getMonth() + 1)}${two(date.getDate())}`;
  return `${day}-${two(date.getHours())}${two(date.getMinutes())}${two(date.getSeconds())}`;
}
