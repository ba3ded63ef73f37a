import { type Backbone, disposeVariables, loadVariables, readVariables } from '@whereabouts/layers';
import { auditPositions, type PositionAudit } from '@whereabouts/position-labels';
import { builtIn } from '../build/build-backbone.js';
import type { TrainedModel } from '../run/open-trained-model.js';
import { builtInBackbone } from '../settings/model-settings.js';

/** Audits the backbone of a trained model, see `auditPositions`. */
export async function auditTrainedModel(
  { backbone, config }: Pick<TrainedModel, 'backbone' | 'config'>,
  options: { readonly stage?: number; readonly images?: number },
): Promise<PositionAudit> {
  const { imageSize } = config.data;
  const without = await withoutTable(backbone, config);
  try {
    return await auditPositions({
      backbone,
      imageSize: { height: imageSize, width: imageSize },
      without,
      seed: config.training.seed,
      ...options,
    });
  } finally {
    for (const other of Object.values(without)) disposeVariables(other.variables);
  }
}

/** The sine-cosine table has no variables that could be set to zero: here is the same ViT without it. */
async function withoutTable(
  trained: Backbone,
  config: TrainedModel['config'],
): Promise<Readonly<Record<string, Backbone>>> {
  const { model } = config;
  if (model.backbone !== builtInBackbone || model.positionEncoding !== 'sine-cosine') return {};
  const { backbone } = builtIn({ ...config, model: { ...model, positionEncoding: 'none' } });
  loadVariables(backbone.variables, await readVariables(trained.variables));
  return { 'the sine-cosine table': backbone };
}
