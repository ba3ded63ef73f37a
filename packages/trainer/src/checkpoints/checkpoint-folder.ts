import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckpointVariables, saveCheckpoint } from './checkpoint.js';
import type { Progress } from './progress.js';
import { resume } from './resume.js';

/** Where checkpoints go and when. */
export interface Checkpoints {
  /** Receives `last.safetensors` and `best.safetensors`; made if it isn't there. */
  readonly folder: string;
  /** Steps between checkpoints within an epoch; none unless given. One is always written at the end of an epoch. */
  readonly everySteps?: number;
  /** Go on from `last.safetensors` where there is one, instead of refusing to overwrite it; false unless given. */
  readonly resume?: boolean;
  /**
   * How many of the best evaluations keep their checkpoint; 1 unless given, which is `best.safetensors`. With more, there is
   * a `best-step-<step>.safetensors` for each of them as well.
   */
  readonly keepBest?: number;
}

/** The files of a training. */
export interface CheckpointFolder {
  /** The file to go on from, if it is there. */
  readonly last: () => string | undefined;
  /** How far a training is that begins now: at the start, or where the last checkpoint is, which is loaded. */
  readonly open: (fresh: Progress) => Promise<Progress>;
  readonly saveLast: (progress: Progress) => Promise<string>;
  readonly saveBest: (progress: Progress) => Promise<string>;
  readonly saveKept: (progress: Progress) => Promise<string>;
  readonly drop: (step: number) => Promise<void>;
}

/** The files of a training in a folder. */
export function checkpointFolder(
  { folder, resume: mayResume = false }: Checkpoints,
  variables: CheckpointVariables,
): CheckpointFolder {
  const last = join(folder, 'last.safetensors');
  const kept = (step: number) => join(folder, `best-step-${step}.safetensors`);
  const save = async (path: string, progress: Progress) => {
    await mkdir(folder, { recursive: true });
    await saveCheckpoint(path, variables, progress);
    return path;
  };
  return {
    last: () => (existsSync(last) ? last : undefined),
    open: async (fresh) => {
      if (!existsSync(last)) return fresh;
      if (!mayResume)
        throw new Error(
          `${last} belongs to an earlier training; resume it, or choose another folder. Nothing was changed.`,
        );
      return await resume(last, variables, fresh);
    },
    saveLast: (progress) => save(last, progress),
    saveBest: (progress) => save(join(folder, 'best.safetensors'), progress),
    saveKept: (progress) => save(kept(progress.step), progress),
    drop: (step) => rm(kept(step), { force: true }),
  };
}
