import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { usageError } from '../command-line/usage-error.js';
import { refusePickle } from '../convert/refuse-pickle.js';
import { findCheckpoint, runOfCheckpoint } from '../run/find-checkpoint.js';
import { readRunConfig } from '../run/run-folder.js';
import type { Given } from './given.js';
import { mergeGiven } from './merge-given.js';
import { readSettings } from './read-settings.js';
import { statedSettings } from './stated-settings.js';

/** Settings of a model that say how it is trained and not what it is. */
const ofTraining = ['model.dropPath', 'model.initialCheckpoint', 'model.partial'];

/** What follows from the name of a model, so that another name counts more than a run's numbers. */
const ofName = ['channels', 'depth', 'depths', 'heads', 'distillationToken'].map((name) => `model.${name}`);

/** Settings of data that another folder would have too. */
const ofPictures = ['data.imageSize', 'data.mean', 'data.deviation'];

/**
 * The settings that fine-tuning takes from what it starts from: the weights, and where they are a run's also its model, the
 * size and colours of its pictures and, unless other data is given, its data.
 *
 * @param from a run folder, the name of one in `output`, a checkpoint, or a file of weights
 * @param options.given what was given besides, which counts more
 * @throws when there is nothing there
 */
export async function startFrom(
  from: string,
  options: { readonly output: string; readonly given: readonly (readonly Given[])[] },
): Promise<readonly Given[]> {
  const { file, run } = await findStart(from, options.output);
  const start = { path: 'model.initialCheckpoint', value: file, name: '--from' };
  if (run === undefined) return [start];
  const asked = mergeGiven(options.given);
  const { given } = readSettings(statedSettings(await readRunConfig(run)), {
    folder: '',
    place: () => ` (of ${run})`,
  });
  const own = given.filter(
    ({ path }) =>
      ofPictures.includes(path) ||
      (path.startsWith('data.') && !asked.has('data.path')) ||
      (path.startsWith('model.') &&
        !ofTraining.includes(path) &&
        !(asked.has('model.name') && ofName.includes(path))),
  );
  return [...own, start];
}

async function findStart(
  from: string,
  output: string,
): Promise<{ readonly file: string; readonly run: string | undefined }> {
  refusePickle(from);
  if (statSync(from, { throwIfNoEntry: false })?.isFile() === true)
    return { file: resolve(from), run: runOfCheckpoint(from) };
  if (/\.(safetensors|json)$/.test(from) && !existsSync(from))
    throw usageError(`--from is ${from}, but there is no such file.`);
  const { folder, file } = await findCheckpoint(from, { checkpoint: 'best', output });
  return { file: resolve(file), run: folder };
}
