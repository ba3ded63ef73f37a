import { canCompile } from '@whereabouts/xla';
import { compiledExecutor } from './compiled-executor.js';
import { eagerExecutor } from './eager-executor.js';
import type { Executor } from './executor.js';

/**
 * The executor that a training takes unless it is given one: compiled where the current backend is the native engine,
 * else eager.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { defaultExecutor } from '@whereabouts/trainer';
 *
 * defaultExecutor().name; // => 'eager'
 * ```
 */
export function defaultExecutor(): Executor {
  return canCompile() ? compiledExecutor() : eagerExecutor();
}
