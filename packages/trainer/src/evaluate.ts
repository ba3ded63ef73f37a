import { type Batches, batchSizeOf } from './batches.js';
import type { Metrics } from './callback.js';
import { defaultExecutor } from './default-executor.js';
import type { Executor, Program } from './executor.js';
import { type AnyObjective, evaluationStep, weightScalars } from './steps.js';

/**
 * The means of an objective's losses and metrics over all examples of a split.
 *
 * @param options.weights of the terms in `loss`; the objective's unless given
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
  readonly executor?: Executor;
}): Promise<Metrics> {
  const { objective, batches, weights = objective.weights, executor = defaultExecutor() } = options;
  const program = await executor.prepare({ evaluate: evaluationStep(objective) }, objective.variables);
  try {
    return (await evaluateProgram(program, batches, weights)).metrics;
  } finally {
    program.dispose();
  }
}

/** Runs the step `evaluate` of a program over all batches and averages what it returns over the examples. */
export async function evaluateProgram(
  program: Program<'evaluate'>,
  batches: Batches,
  weights: Readonly<Record<string, number>>,
): Promise<{ metrics: Metrics; images: number }> {
  const sums: Record<string, number> = {};
  let images = 0;
  for await (const batch of batches.epoch(0)) {
    const size = batchSizeOf(batch);
    const metrics = await program.run('evaluate', {
      batch,
      scalars: weightScalars(weights),
      seed: 0,
      step: 0,
    });
    for (const [name, value] of Object.entries(metrics)) sums[name] = (sums[name] ?? 0) + value * size;
    images += size;
  }
  return {
    metrics: Object.fromEntries(Object.entries(sums).map(([name, sum]) => [name, sum / images])),
    images,
  };
}
