import { type ModelFamily, namedModels } from '../settings/model-families.js';
import { builtInBackbone } from '../settings/model-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** Two settings that don't fit together, each in order by itself; undefined when all do. */
export type Contradiction = (config: TrainingConfig, nameOf: (path: string) => string) => string | undefined;

type Model = TrainingConfig['model'];

/** What a family of models cannot have: the setting, whether it is asked for, and what to do instead. */
const impossible: Readonly<
  Record<ModelFamily, readonly { setting: keyof Model; asked: (model: Model) => boolean; remedy: string }[]>
> = {
  vit: [
    {
      setting: 'depths',
      asked: ({ depths }) => depths.length > 0,
      remedy: 'a ViT has one stage; give --depth, or a Swin as --model',
    },
    {
      setting: 'mergeLastStage',
      asked: ({ mergeLastStage }) => !mergeLastStage,
      remedy: 'a ViT merges nothing; leave it out, or give a Swin as --model',
    },
    {
      setting: 'relativePositionBias',
      asked: ({ relativePositionBias }) => !relativePositionBias,
      remedy: 'a ViT has none; --position-encoding none is its counterpart',
    },
  ],
  swin: [
    {
      setting: 'depths',
      asked: ({ depths }) => depths.length === 0,
      remedy: 'a Swin needs the blocks of each stage, such as --depths 2,2,6,2',
    },
    {
      setting: 'depth',
      asked: ({ depth, depths }) => depth !== depths.reduce((sum, blocks) => sum + blocks, 0),
      remedy: 'a Swin has several stages; give --depths, such as 2,2,6,2',
    },
    {
      setting: 'positionEncoding',
      asked: ({ positionEncoding }) => positionEncoding !== 'none',
      remedy: 'a Swin has a relative position bias instead; --relative-position-bias=false takes it away',
    },
    {
      setting: 'pooling',
      asked: ({ pooling }) => pooling !== 'average',
      remedy: 'a Swin has no class token; leave it out, or take average',
    },
    {
      setting: 'distillationToken',
      asked: ({ distillationToken }) => distillationToken,
      remedy: 'a Swin has no such token; leave it out',
    },
    {
      setting: 'registers',
      asked: ({ registers }) => registers > 0,
      remedy: 'a Swin has none; leave it out',
    },
    {
      setting: 'layerScale',
      asked: ({ layerScale }) => layerScale > 0,
      remedy: 'a Swin has none; leave it out',
    },
  ],
};

/** What must hold between the settings of a built-in model, each with the sentence for where it doesn't. */
export const modelContradictions: readonly Contradiction[] = [
  ({ model }, nameOf) => {
    if (model.backbone !== builtInBackbone) return undefined;
    const found = impossible[namedModels[model.name].family].find(({ asked }) => asked(model));
    if (found === undefined) return undefined;
    const value = String([model[found.setting]].flat()) || 'empty';
    return `${nameOf(`model.${found.setting}`)} is ${value}, but ${nameOf('model.name')} is ${model.name}: ${found.remedy}.`;
  },
  ({ data: { imageSize }, model, masking: { keepRatio, cellSize } }, nameOf) => {
    if (keepRatio === 'none' || model.depths.length === 0) return undefined;
    const mergings = model.depths.length - (model.mergeLastStage ? 1 : 2);
    const stride = model.patchSize * 2 ** Math.max(0, mergings);
    const cells = (imageSize / cellSize) ** 2;
    const name = `${nameOf('masking.cellSize')} ${cellSize}`;
    if (imageSize % cellSize > 0 || cellSize % stride > 0)
      return `${name} must divide ${nameOf('data.imageSize')} ${imageSize} and be a multiple of the ${stride} px that a token of the last stage stands for; take ${stride}, or other patches or stages.`;
    const kept = Math.floor((keepRatio + 1e-9) * cells); // as keptCount rounds
    return kept > 0 && kept < cells
      ? undefined
      : `${nameOf('masking.keepRatio')} ${keepRatio} keeps ${kept} of the ${cells} cells of ${cellSize} px, which leaves nothing to ${kept === 0 ? 'paint from' : 'paint'}; take another share, or smaller cells.`;
  },
];
