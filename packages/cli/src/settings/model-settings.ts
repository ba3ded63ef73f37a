import { resolve } from 'node:path';
import { choice, count, jsonObject, share, text } from './setting-kinds.js';

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
    description: 'how many transformer blocks',
  }),
  heads: count({
    flag: 'heads',
    otherwise: "the model's",
    description: 'attention heads per block',
  }),
  patchSize: count({
    flag: 'patch-size',
    default: 8,
    unit: 'pixels',
    description: 'side of a patch; it must divide --img-size',
  }),
  pooling: choice(['class-token', 'average'], {
    flag: 'pooling',
    default: 'class-token',
    description: 'what the classifier reads: class-token, or the average of all tokens',
  }),
  positionEncoding: choice(['learned', 'sine-cosine', 'none'], {
    flag: 'position-encoding',
    default: 'learned',
    description:
      'how tokens are told their position: learned, sine-cosine or none; when told, the absolute label is easy',
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
  name: choice(['vit-tiny', 'vit-small', 'vit-base', 'vit-large', 'vit'], {
    flag: 'model',
    default: 'vit-tiny',
    description: 'vit-tiny, vit-small, vit-base, vit-large; or vit with --channels, --depth and --heads',
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
} as const;
