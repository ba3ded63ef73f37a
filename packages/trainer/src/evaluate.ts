import { type Batches, batchSizeOf } from './batches.js';
import type { Metrics } from './callback.js';
import { defaultExecutor } from './default-executor.js';
import type { Executor, Program } from './executor.js';
import { evaluationStep } from './steps/evaluation-step.js';
import { type AnyObjective, passScalars, weightScalars } from './steps/objective-terms.js';

/**
 * The means of an objective's losses and metrics over all examples of a split.
 *
 * @param options.weights of the terms in `loss`; as the objective says where one isn't named
 * @param options.scalars further numbers by the path of the part that reads them from `pass.scalars`
 * @param options.executor compiled on the native backend, else eager, unless given
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { evaluate } from '@whereabouts/trainer';
 *
 * const objective = {
 *   variables: {}, undecayed: [], weights: { mean: 1 },
 *   terms: (batch: { x: tf.Tensor }) => ({ mean: { loss: tf.mean(batch.x) as tf.Scalar } }),
 * };
 * const batches = {
 *   length: 1,
 *   async *epoch() { yield { x: { shape: [2], dtype: 'float32' as const, values: Float32Array.of(1, 3) } }; },
 * };
 * (await evaluate({ objective, batches })).loss; // => 2
 * ```
 */
export async function evaluate(options: {
  readonly objective: AnyObjective;
  readonly batches: Batches;
  readonly weights?: Readonly<Record<string, number>>;
  readonly scalars?: Readonly<Record<string, number>>;
  readonly executor?: Executor;
}): Promise<Metrics> {
  const { objective, batches, weights = {}, scalars = {}, executor = defaultExecutor() } = options;
  const program = await executor.prepare(
    { evaluate: evaluationStep(objective, Object.keys(scalars)) },
    objective.variables,
  );
  try {
    const numbers = { ...weightScalars({ ...objective.weights, ...weights }), ...passScalars(scalars) };
    return (await evaluateProgram(program, batches, numbers)).metrics;
  } finally {
    program.dispose();
  }
}

/** What the step `evaluate` gave for a split. */
export interface Evaluated {
  /** Means over all examples. */
  readonly metrics: Metrics;
  readonly images: number;
  /** Whether it was stopped before the last batch. */
  readonly stopped: boolean;
}

/**
 * Runs the step `evaluate` of a program over all batches and averages what it returns over the examples.
 *
 * @param isStopped asked before every batch
 */
export async function evaluateProgram(
  program: Program<'evaluate'>,
  batches: Batches,
  scalars: Readonly<Record<string, number>>,
  isStopped: () => boolean = () => false,
): Promise<Evaluated> {
  const sums: Record<string, number> = {};
  let images = 0;
  let stopped = false;
  for await (const batch of batches.epoch(0)) {
    stopped = isStopped();
    if (stopped) break;
    const size = batchSizeOf(batch);
    const metrics = await program.run('evaluate', { batch, scalars, seed: 0, step: 0 });
    for (const [name, value] of Object.entries(metrics)) sums[name] = (sums[name] ?? 0) + value * size;
    images += size;
  }
  return {
    metrics: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / images])),
    images,
    stopped,
  };
}
