import type { Progress } from '../checkpoints/progress.js';
import type { EpochReader } from './read-epoch.js';
import { requireFinite } from './require-finite.js';
import type { Session } from './session.js';

/**
 * Takes one step with the next batches of an epoch, and tells the callbacks.
 *
 * @throws when there is no batch, or a number of the step isn't finite
 */
export async function takeStep(session: Session, progress: Progress, epoch: EpochReader): Promise<Progress> {
  const { options, numbers, files } = session;
  const { step, seed, stepsPerEpoch, accumulate } = progress;
  const started = performance.now();
  const learningRate = numbers.learningRate(step);
  const scalars = {
    learningRate,
    ...options.optimiser.scalars(step),
    ...options.ema?.scalars(step),
    ...numbers.passing(step),
  };
  const done = await session.update.run(session.program, epoch.next, { scalars, seed, step });
  if (done === undefined)
    throw new Error(
      `The data promised ${options.batches.length} batches per epoch, but gave none after ${(step % stepsPerEpoch) * accumulate}.`,
    );
  const report = { ...done, step: step + 1, learningRate };
  requireFinite(done.metrics, { ...report, checkpoint: files?.last() });
  const waitSeconds = epoch.waitSeconds();
  const stepSeconds = (performance.now() - started) / 1000 - waitSeconds;
  const times = { epoch: (step + 1) / stepsPerEpoch, stepSeconds, waitSeconds };
  await session.tell((callback) =>
    callback.onStep?.({ ...report, ...times, ...numbers.changingWeights(step) }),
  );
  return { ...progress, step: step + 1 };
}
