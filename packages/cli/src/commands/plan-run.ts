import { join, parse } from 'node:path';
import { handToModule } from '../backbone/hand-to-module.js';
import { usageError } from '../command-line/usage-error.js';
import type { Given } from '../config/given.js';
import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { experimentFlag, outputFlag, resumeFlag } from './run-flags.js';

/** A training as it was asked for. */
export interface PlannedRun {
  /** Of the run. */
  readonly folder: string;
  readonly config: TrainingConfig;
  readonly resume: boolean;
}

type Sources = readonly (readonly Given[])[];

/**
 * Plans a new run, or the resume of an earlier one, which has its own settings.
 *
 * @param sources what was given; a later one counts more
 * @throws when settings don't fit together, or contradict those of the run to resume
 */
export async function planRun(
  values: Readonly<Record<string, unknown>>,
  sources: Sources,
): Promise<PlannedRun> {
  const output = String(values[outputFlag.flag] ?? outputFlag.default);
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
