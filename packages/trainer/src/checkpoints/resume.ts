import { type CheckpointVariables, openCheckpoint } from './checkpoint.js';
import type { Progress } from './progress.js';

/**
 * Reads the checkpoint of an interrupted training into its variables and says how far it was.
 *
 * @param path of a file `last.safetensors`
 * @param fresh the progress with which this training would begin
 * @throws when the checkpoint belongs to another model, or to a training of other length, batches, seed or frozen variables:
 *   its numbers would not be those of one that wasn't interrupted; nothing is loaded then
 * @example
 * ```ts
 * import { resume } from '@whereabouts/trainer';
 *
 * const fresh = { step: 0, steps: 10, stepsPerEpoch: 5, accumulate: 1, seed: 0, frozen: 0 };
 * const failure = await resume('nowhere.safetensors', { model: {}, optimiser: {} }, fresh).catch((error) => error);
 * failure instanceof Error; // => true
 * ```
 */
export async function resume(
  path: string,
  variables: CheckpointVariables,
  fresh: Progress,
): Promise<Progress> {
  const { progress, load } = await openCheckpoint(path);
  const differing = (['steps', 'stepsPerEpoch', 'accumulate', 'seed', 'frozen'] as const)
    .filter((name) => progress[name] !== fresh[name])
    .map((name) => `${name} was ${progress[name]} and is now ${fresh[name]}`);
  if (differing.length > 0)
    throw new Error(
      `${path} cannot be resumed with other settings: ${differing.join('; ')}. Give the settings of the interrupted training, or start a new one in another folder, with the weights of this one if you like (loadModel).`,
    );
  load(variables);
  return progress;
}
