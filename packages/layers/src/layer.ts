import type { Pass } from './pass.js';
import type { Variables } from './variables.js';

/**
 * A function with variables: the one shape that every building block, backbone and head has.
 *
 * `apply` is pure but for its variables: it draws randomness from `pass.random` alone, reads no value back from the
 * engine, and leaves disposing to the caller's `tf.tidy`. So it runs eagerly or traced into a graph.
 */
export interface Layer<Input, Output> {
  /** By path relative to this layer; the paths are the checkpoint format. */
  readonly variables: Variables;
  readonly apply: (input: Input, pass: Pass) => Output;
}
