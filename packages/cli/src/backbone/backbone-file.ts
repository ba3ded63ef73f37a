import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { usageError } from '../command-line/usage-error.js';
import { readEnvironment } from '../run/environment.js';
import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** The module that makes a run's backbone, as `environment.json` records it. What it imports is not known. */
export interface BackboneFile {
  /** Absolute. */
  readonly file: string;
  /** Of its bytes, in hexadecimal digits. */
  readonly sha256: string;
}

async function backboneFileOf({ model }: TrainingConfig): Promise<BackboneFile | undefined> {
  const { backbone: file } = model;
  if (file === builtInBackbone) return undefined;
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw usageError(
      error.code === 'ENOENT'
        ? `There is no file ${file}, which should make the backbone (--backbone).`
        : `${file}, which should make the backbone (--backbone), cannot be read: ${error.message}`,
    );
  });
  return { file, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/**
 * Refuses to go on with another module than a run began with.
 *
 * @param path of `environment.json`; a run that has none yet takes any module
 * @returns the module that the configuration names; undefined where the model is a built-in one
 * @throws when there is no such file, or another than before
 */
export async function requireSameBackbone(
  path: string,
  config: TrainingConfig,
): Promise<BackboneFile | undefined> {
  const now = await backboneFileOf(config);
  const before = (await readEnvironment(path))?.backbone;
  if (before === undefined || now === undefined || before.sha256 === now.sha256) return now;
  throw new Error(
    `The module of the backbone has changed since the run began: ${now.file} had the SHA-256 ${shortHash(before)} and now has ` +
      `${shortHash(now)}. Bring back the old file, or start a new run. Nothing was changed.`,
  );
}

/** Enough of a hash for people to compare. */
export function shortHash({ sha256 }: BackboneFile): string {
  return sha256.slice(0, 12);
}
