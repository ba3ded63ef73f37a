import type { Flag } from '../command-line/flag.js';
import { gatherSettings } from '../config/gather-settings.js';
import type { FoundCheckpoint } from '../run/find-checkpoint.js';
import { flagValue } from '../settings/flag-value.js';
import { runSettings } from '../settings/run-settings.js';
import { choice } from '../settings/setting-kinds.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { outputFlag } from './run-flags.js';

/** The word that names a run, for commands that use what it learned. */
export const runWord = {
  RUN: 'a run folder, the name of one in --output, or a checkpoint file in a run folder',
};

/** Which weights of a run. */
export const checkpointFlag = choice(['best', 'last'], {
  flag: 'checkpoint',
  default: 'best',
  description: 'of a run folder: best (highest validation accuracy) or last',
});

/** The flags of commands that use what a run learned. */
export const runFlags: readonly Flag[] = [
  checkpointFlag,
  outputFlag,
  ...[runSettings.backend, runSettings.threads, runSettings.executor].map((setting) => ({
    ...setting,
    otherwise: "the run's",
  })),
];

/** Those of commands that run op by op. */
export const eagerRunFlags = runFlags.filter(({ flag }) => flag !== runSettings.executor.flag);

/** The checkpoint that was asked for, and on what to run it. */
export async function findTrainedRun(
  run: string,
  values: Readonly<Record<string, unknown>>,
): Promise<FoundCheckpoint & { readonly engine: TrainingConfig['run'] }> {
  const { findCheckpoint } = await import('../run/find-checkpoint.js');
  const { readRunConfig } = await import('../run/run-folder.js');
  const { resumeConfig } = await import('../config/resume-config.js');
  const found = await findCheckpoint(run, {
    checkpoint: flagValue(checkpointFlag, values),
    output: String(values[outputFlag.flag] ?? outputFlag.default),
  });
  const config = resumeConfig(await readRunConfig(found.folder), await gatherSettings(values));
  return { ...found, engine: config.run };
}
