import type { HostBatch } from '@whereabouts/layers';

/** Where the trainer's batches come from; `batches` of `@whereabouts/data` makes one, and so does any object like it. */
export interface Batches {
  /** Batches per epoch. */
  readonly length: number;
  /**
   * The batches of an epoch counted from 0, from its `firstBatch` on (0 unless given). The same epoch gives the same
   * batches every time, so that a run can resume in the middle.
   */
  readonly epoch: (epoch: number, firstBatch?: number) => AsyncIterable<HostBatch>;
}

/**
 * The number of examples in a batch: the first axis that all its tensors share.
 *
 * @example
 * ```ts
 * import { batchSizeOf } from '@whereabouts/trainer';
 *
 * batchSizeOf({ classes: { shape: [2], dtype: 'int32', values: Int32Array.of(0, 1) } }); // => 2
 * ```
 */
export function batchSizeOf(batch: HostBatch): number {
  return Object.values(batch)[0]?.shape[0] ?? 0;
}
