import * as tf from '@tensorflow/tfjs-core';

/** A function of tensors; what it reads besides its arguments has no gradient. */
export type Compute = (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

/** What a backend can do that records functions instead of running them, such as that of `@whereabouts/xla`. */
export interface Recorder {
  /** Records a function as one region, whose gradient computes it anew instead of keeping what is in between. */
  readonly fused: (compute: Compute, inputs: readonly tf.Tensor[]) => tf.Tensor | tf.Tensor[];
  /** Makes a tensor part of what is recorded. */
  readonly constantTensor: <Constant extends tf.Tensor>(tensor: Constant) => Constant;
  /** Whether products read and give bfloat16, so that a function between two of them need be no more exact. */
  readonly roundsProducts: boolean;
}

/** What the current backend can do of it: nothing when it runs op by op. */
export function currentRecorder(): Partial<Recorder> {
  return tf.backend() as unknown as Partial<Recorder>;
}
