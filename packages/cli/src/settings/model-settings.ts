import { resolve } from 'node:path';
import { modelNames } from './model-families.js';
import {
  choice,
  count,
  countFromZero,
  counts,
  jsonObject,
  notNegative,
  onOff,
  share,
  text,
} from './setting-kinds.js';

/** The value of `backbone` where the model is a built-in one. */
export const builtInBackbone = 'built-in';

/** The shape of a built-in model; a module of the user's is given those that are given. */
export const shapeSettings = {
  channels: count({
    flag: 'channels',
    expected: 'a whole number from 1 up that --heads divides',
    otherwise: "the model's",
    description: 'width of a token',
  }),
  depth: count({
    flag: 'depth',
    otherwise: "the model's",
    description: 'how many transformer blocks; of a Swin all stages together, which --depths says',
  }),
  heads: count({
    flag: 'heads',
    otherwise: "the model's",
    description:
      'attention heads per block; of a Swin in the first stage, twice as many in each stage after it',
  }),
  depths: counts({
    flag: 'depths',
    otherwise: "the model's",
    unit: 'blocks',
    description: 'of a Swin: how many blocks each stage has, such as 2,2,6,2',
  }),
  windowSize: count({
    flag: 'window-size',
    default: 7,
    unit: 'tokens',
    description: 'of a Swin: side of a window of attention; on a smaller grid the window is the grid',
  }),
  relativePositionBias: onOff({
    flag: 'relative-position-bias',
    default: true,
    description: 'of a Swin: attention is told how far apart two tokens of a window are',
  }),
  mergeLastStage: onOff({
    flag: 'merge-last-stage',
    default: true,
    description:
      'of a Swin: the last stage halves the grid as the others do; false keeps it, for the absolute label as in the paper',
  }),
  patchSize: count({
    flag: 'patch-size',
    otherwise: '8, of a Swin 4',
    unit: 'pixels',
    description: 'side of a patch; it must divide --img-size',
  }),
  pooling: choice(['class-token', 'average'], {
    flag: 'pooling',
    otherwise: 'class-token, of a Swin average',
    description: 'what the classifier reads: class-token, or the average of all tokens',
  }),
  positionEncoding: choice(['learned', 'sine-cosine', 'conditional', 'none'], {
    flag: 'position-encoding',
    otherwise: 'learned, of a Swin none',
    description:
      'how tokens are told their position: learned, sine-cosine, conditional (a depthwise convolution) or none; when told, the absolute label is easy',
  }),
  distillationToken: onOff({
    flag: 'distillation-token',
    otherwise: 'on for deit-tiny, deit-small and deit-base',
    description: 'a second token beside the class token, for what a teacher says',
  }),
  registers: countFromZero({
    flag: 'registers',
    default: 0,
    unit: 'tokens',
    description: 'learned tokens that go through the blocks and are handed over nowhere; 4 is usual',
  }),
  layerScale: notNegative({
    flag: 'layer-scale',
    default: 0,
    description:
      'what the factors start at by which each channel of a branch is scaled, such as 1e-5; 0 = none',
  }),
  dropPath: share({
    flag: 'drop-path',
    default: 0,
    unit: 'share',
    description: 'how often the last block is skipped while training; less in the blocks before it',
  }),
} as const;

/** What is trained. */
export const modelSettings = {
  name: choice(modelNames, {
    flag: 'model',
    default: 'vit-tiny',
    description:
      'vit-tiny, vit-small, vit-base, vit-large; deit-tiny, deit-small, deit-base, which have a distillation token; swin-tiny, swin-small, swin-base, swin-large; vit with --channels, --depth and --heads; or swin with --channels, --depths and --heads',
  }),
  backbone: text({
    flag: 'backbone',
    default: builtInBackbone,
    expected: 'a file that ends in .mjs, .js or .ts',
    description:
      'a module of your own whose default export makes a backbone, instead of --model; it is given imageSize, seed and those of the following that are given',
    absolute: (file, folder) => (file === builtInBackbone ? file : resolve(folder, file)),
    replaces: ['name', ...Object.keys(shapeSettings)].map((name) => `model.${name}`),
  }),
  backboneOptions: jsonObject({
    flag: 'backbone-options',
    default: {},
    otherwise: 'none',
    description: 'what else the module of --backbone is given, such as \'{"depths": [1, 1, 2]}\'',
  }),
  ...shapeSettings,
  initialCheckpoint: text({
    flag: 'initial-checkpoint',
    default: 'none',
    expected: 'none, a run folder, a checkpoint, or a safetensors file of a ViT or Swin',
    description:
      'weights to start from: a run folder (its best), a checkpoint, or a safetensors file of a ViT or Swin of timm, Hugging Face or the official MAE, also of another image size; what does not fit the heads is left out and told',
    absolute: (path, folder) => (path === 'none' ? path : resolve(folder, path)),
  }),
  partial: onOff({
    flag: 'partial',
    default: false,
    description:
      'takes of the weights to start from what fits, and tells the names that are missing, not expected, or of another shape; else these are an error',
  }),
} as const;
