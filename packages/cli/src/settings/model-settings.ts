import { choice, count, share } from './setting-kinds.js';

/** What is trained. */
export const modelSettings = {
  name: choice(['vit-tiny', 'vit-small', 'vit-base', 'vit-large', 'vit'], {
    flag: 'model',
    default: 'vit-tiny',
    description: 'vit-tiny, vit-small, vit-base, vit-large; or vit with --channels, --depth and --heads',
  }),
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
