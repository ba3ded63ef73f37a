import type { Precision } from '@whereabouts/xla';
import { compiledProgram } from './compiled-program.js';
import type { Executor } from './executor.js';
import { compiledInference } from './inference/compiled-inference.js';

/**
 * Runs steps as compiled graphs on the native engine, recorded from the same functions that the eager executor runs op
 * by op; the variables live in the graph between `push` and `pull`.
 *
 * The first run compiles all steps for its kind of batch into one graph, which takes seconds. A batch of another shape,
 * such as the last one of an evaluation, gets a graph of its own when it first comes.
 *
 * @param options.precision of products; `float32` unless given, `bf16` for speed on machines that have it
 * @throws from `run`, when the backend is not the native one, and when a step cannot be recorded
 * @example
 * ```ts
 * import { compiledExecutor } from '@whereabouts/trainer';
 *
 * compiledExecutor({ precision: 'bf16' }).name; // => 'compiled bf16'
 * ```
 */
export function compiledExecutor(options: { readonly precision?: Precision } = {}): Executor {
  const { precision = 'float32' } = options;
  return {
    name: `compiled ${precision}`,
    prepare: async (steps) => compiledProgram(steps, precision),
    infer: (compute) => compiledInference(compute, precision),
  };
}
