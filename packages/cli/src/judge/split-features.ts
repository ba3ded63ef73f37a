import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { batches, type Split } from '@whereabouts/data';
import { cachedFeatures, type Executor, type FeatureTable, featuresOf } from '@whereabouts/trainer';
import { evaluationBatchOptions } from '../build/batch-options.js';
import type { TrainedModel } from '../run/open-trained-model.js';

/**
 * The features of all pictures of a split, as they are evaluated: computed batch by batch, or taken from a file where that has
 * them of the same weights, pictures and views.
 *
 * @param options.folder of the files, one per split
 */
export async function splitFeatures(
  model: TrainedModel,
  split: Split,
  options: { readonly folder: string; readonly executor: Executor },
): Promise<FeatureTable> {
  const { config, normalisation, checkpoint, backbone } = model;
  const { unreadable: _none, workers: _same, ...view } = evaluationBatchOptions(config);
  const { precision } = config.run;
  const seen = { ...view, normalisation, flips: config.evaluation.flips, precision };
  const key = JSON.stringify({
    checkpoint: hashOf(await readFile(checkpoint)),
    pictures: hashOf(Array.from({ length: split.length }, (_, index) => split.describe(index)).join('\n')),
    classes: hashOf(String(split.classes)),
    ...{ executor: options.executor.name, seen },
  });
  return cachedFeatures({
    file: join(options.folder, `${split.name}.safetensors`),
    key,
    compute: async () => {
      const all = batches(split, { ...evaluationBatchOptions(config), normalisation });
      try {
        return await featuresOf({ backbone, batches: all, executor: options.executor });
      } finally {
        await all.close();
      }
    },
  });
}

function hashOf(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
