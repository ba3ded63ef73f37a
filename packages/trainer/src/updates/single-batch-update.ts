import { batchSizeOf } from '../batches.js';
import { trainingStep } from '../steps/training-step.js';
import type { Update } from './update.js';

/** An update from the gradients of one batch: one step of the engine. */
export function singleBatchUpdate(options: Parameters<typeof trainingStep>[0]): Update {
  return {
    steps: { train: trainingStep(options) },
    variables: {},
    batches: 1,
    run: async (program, nextBatch, numbers) => {
      const batch = await nextBatch();
      if (batch === undefined) return undefined;
      return { metrics: await program.run('train', { batch, ...numbers }), images: batchSizeOf(batch) };
    },
  };
}
