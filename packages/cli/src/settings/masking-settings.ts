import { choice, count, countFromZero, fraction, wordOr } from './setting-kinds.js';

/** What masked autoencoding hides and paints; where `keepRatio` is `none`, whole pictures are seen, and nothing is painted. */
export const maskingSettings = {
  keepRatio: wordOr('none', fraction, {
    flag: 'keep-ratio',
    default: 'none',
    unit: 'share of the patches',
    description: "how many patches the model sees; the decoder paints the others. 1 - MAE's mask ratio",
  }),
  cellSize: count({
    flag: 'cell-size',
    default: 32,
    unit: 'pixels',
    description:
      'of a Swin: side of the cells that are hidden whole (SimMIM); a multiple of what a token of its last stage stands for',
  }),
  pixelTarget: choice(['plain', 'normalised'], {
    flag: 'pixel-target',
    default: 'plain',
    description:
      "what the decoder paints: plain pixels, or normalised by mean and deviation of their patch (MAE's --norm_pix_loss)",
  }),
  decoderChannels: count({
    flag: 'decoder-channels',
    expected: 'a whole number that 4 and --decoder-heads divide',
    otherwise: '512 for vit-base and vit-large, 192 for vit-small, else 96',
    description: 'width of a token in the decoder',
  }),
  decoderDepth: count({
    flag: 'decoder-depth',
    otherwise: '8 for vit-base and vit-large, else 1',
    description: 'how many transformer blocks the decoder has',
  }),
  decoderHeads: count({
    flag: 'decoder-heads',
    otherwise: '16 for vit-base and vit-large, 6 for vit-small, else 3',
    description: 'attention heads per block of the decoder',
  }),
  pictures: countFromZero({
    flag: 'pictures',
    default: 8,
    unit: 'pictures',
    description:
      'of how many validation pictures reconstructions are written at the end: what was seen, completed, and the original, side by side',
    changeable: true,
  }),
} as const;
