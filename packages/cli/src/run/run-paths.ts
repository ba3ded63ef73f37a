import { join } from 'node:path';

/** The files of a run folder. */
export interface RunPaths {
  readonly folder: string;
  /** What was asked for, every default spelled out. */
  readonly config: string;
  /** On what it ran, one entry per start and resume, and what the data held. */
  readonly environment: string;
  /** One line per step and per evaluation. */
  readonly metrics: string;
  readonly checkpoints: string;
  readonly lastCheckpoint: string;
  readonly bestCheckpoint: string;
  /** Pictures that a masked model painted, beside what it saw and the originals. */
  readonly reconstructions: string;
  /** Features of whole splits, for knn and probe. */
  readonly features: string;
  /** The page that shows the run; there once it has ended. */
  readonly report: string;
  /** Events for TensorBoard, where they were asked for. */
  readonly tensorBoard: string;
  /** How it ended; there once it has. */
  readonly summary: string;
}

/**
 * Where the files of a run lie in its folder.
 *
 * @example
 * ```ts
 * import { runPaths } from 'whereabouts';
 *
 * runPaths('runs/first').metrics; // => "runs/first/metrics.jsonl"
 * ```
 */
export function runPaths(folder: string): RunPaths {
  const checkpoints = join(folder, 'checkpoints');
  return {
    folder,
    config: join(folder, 'config.json'),
    environment: join(folder, 'environment.json'),
    metrics: join(folder, 'metrics.jsonl'),
    checkpoints,
    lastCheckpoint: join(checkpoints, 'last.safetensors'),
    bestCheckpoint: join(checkpoints, 'best.safetensors'),
    reconstructions: join(folder, 'reconstructions'),
    features: join(folder, 'features'),
    report: join(folder, 'report.html'),
    tensorBoard: join(folder, 'tensorboard'),
    summary: join(folder, 'summary.json'),
  };
}
