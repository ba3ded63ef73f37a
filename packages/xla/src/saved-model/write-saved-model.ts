import { randomUUID } from 'node:crypto';
import { access, mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SavedModel } from '../graph/saved-model.js';
import { encodeSavedModel } from './encode-saved-model.js';

/**
 * Writes a model as a SavedModel folder, which is created where it is missing; others see the model whole or not at all.
 *
 * @throws when the folder holds a model already, or cannot be written
 */
export async function writeSavedModel(folder: string, model: SavedModel): Promise<void> {
  const bytes = encodeSavedModel(model);
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'saved_model.pb');
  if (await exists(path))
    throw new Error(`${folder} holds a SavedModel already; choose another folder, or remove that one first.`);
  const temporary = join(folder, `.whereabouts-${randomUUID()}.tmp`);
  try {
    const file = await open(temporary, 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new Error(`${path} could not be written: ${(error as Error).message}`, { cause: error });
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
