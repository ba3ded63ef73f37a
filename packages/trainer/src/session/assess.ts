import type { Batches } from '../batches.js';
import type { Metrics } from '../callback.js';
import type { Progress } from '../checkpoints/progress.js';
import { type Evaluated, evaluateProgram } from '../evaluate.js';
import { judge } from './judge.js';
import { requireFinite } from './require-finite.js';
import type { Session } from './session.js';

/**
 * Evaluates, keeps the checkpoint of what is among the best, and tells the callbacks.
 *
 * @returns undefined when the session has to end before all batches were seen; the evaluation is then still due
 * @throws when a number of the evaluation isn't finite, or the metric that decides isn't there
 */
export async function assess(
  session: Session,
  progress: Progress,
  split: Batches,
): Promise<{ readonly progress: Progress; readonly metrics: Metrics } | undefined> {
  const { options, numbers, files, program } = session;
  const { best = { metric: 'loss', mode: 'min' }, earlyStopping } = options;
  const { keepBest = 1 } = options.checkpoints ?? {};
  const { step, stepsPerEpoch } = progress;
  const started = performance.now();
  const { metrics, images, stopped } = await evaluateAverages(session, progress, split);
  if (stopped) return undefined;
  requireFinite(metrics, { step, learningRate: numbers.learningRate(step), checkpoint: files?.last() });

  const verdict = judge(progress, metrics, { best, keepBest, earlyStopping });
  if (files !== undefined && verdict.kept) {
    await program.pull();
    const written = [
      ...(verdict.best ? [await files.saveBest(verdict.progress)] : []),
      ...(keepBest > 1 ? [await files.saveKept(verdict.progress)] : []),
    ];
    for (const dropped of verdict.dropped) await files.drop(dropped);
    for (const path of written) await session.tell((callback) => callback.onCheckpoint?.({ step, path }));
  }
  const seconds = (performance.now() - started) / 1000;
  const report = { step, epoch: step / stepsPerEpoch, metrics, images, seconds, best: verdict.best };
  await session.tell((callback) => callback.onEvaluation?.(report));
  return { progress: verdict.progress, metrics };
}

/** Evaluates with the averaged weights where there are any; the weights themselves are back afterwards, to the bit. */
async function evaluateAverages(
  { options: { ema }, program, numbers, end }: Session,
  { step }: Progress,
  split: Batches,
): Promise<Evaluated> {
  const exchange = async () => {
    if (ema === undefined) return;
    await program.pull();
    ema.exchange();
    await program.push();
  };
  await exchange();
  try {
    return await evaluateProgram(program, split, numbers.passing(step), () => end.urgent() !== undefined);
  } finally {
    await exchange();
  }
}
