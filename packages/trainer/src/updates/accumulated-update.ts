import type { HostBatch } from '@whereabouts/layers';
import { batchSizeOf } from '../batches.js';
import { accumulationSteps } from '../steps/accumulation-steps.js';
import type { Update } from './update.js';

/**
 * An update from the mean gradient over the images of several batches: what one large batch would give, in the memory of
 * a small one. The last update of an epoch takes the batches that are left.
 */
export function accumulatedUpdate(
  options: Parameters<typeof accumulationSteps>[0] & { readonly batches: number },
): Update {
  const { steps, sums } = accumulationSteps(options);
  const { batches } = options;
  return {
    steps,
    variables: sums,
    batches,
    run: async (program, nextBatch, { seed, step, scalars }) => {
      const totals: Record<string, number> = {};
      let images = 0;
      let last: HostBatch | undefined;
      for (let index = 0; index < batches; index += 1) {
        const batch = await nextBatch();
        if (batch === undefined) break;
        const size = Math.max(1, batchSizeOf(batch)); // a batch without tensors counts, too
        const metrics = await program.run('accumulate', {
          batch,
          scalars: { ...scalars, images: size },
          seed,
          step: step * batches + index, // of the randomness: every batch has its own
        });
        for (const [name, value] of Object.entries(metrics))
          totals[name] = (totals[name] ?? 0) + value * size;
        images += size;
        last = batch;
      }
      if (last === undefined) return undefined;
      // With the last batch, which it doesn't read: so it runs in the graph that has the sums.
      const { gradientNorm } = await program.run('apply', {
        batch: last,
        scalars: { ...scalars, images },
        seed,
        step,
      });
      const means = Object.entries(totals).map(([name, total]): [string, number] => [name, total / images]);
      return { metrics: { ...Object.fromEntries(means), gradientNorm: gradientNorm ?? Number.NaN }, images };
    },
  };
}
