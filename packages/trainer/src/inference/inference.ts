import type { Tensor } from '@tensorflow/tfjs-core';
import type { HostBatch, HostTensor } from '@whereabouts/layers';

/**
 * What is computed of a batch without changing anything, such as features: tensors in, float32 tensors out. It draws
 * nothing and reads nothing back from the engine, so that it runs op by op or traced into a graph.
 */
export type Computation = (batch: Readonly<Record<string, Tensor>>) => Readonly<Record<string, Tensor>>;

/** A computation made ready to run on batch after batch. */
export interface Inference {
  readonly run: (batch: HostBatch) => Promise<Readonly<Record<string, HostTensor>>>;
  readonly dispose: () => void;
}
