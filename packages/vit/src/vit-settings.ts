import type { Initialise } from '@whereabouts/layers';
import { gridOf, type ImageSize, type PositionEncodingName, sidesOf } from '@whereabouts/patch-embedding';
import type { Pooling } from './pooling.js';
import type { VitSize } from './vit-sizes.js';

/** What a ViT is made of; plain data, every default spelled out, so that it can be stored beside the weights. */
export interface VitSettings extends VitSize {
  readonly imageSize: ImageSize;
  /** Side of a patch in pixels. */
  readonly patchSize: number;
  /** Hidden channels of each MLP per channel. */
  readonly mlpRatio: number;
  /** Channels of the images. */
  readonly inputChannels: number;
  readonly pooling: Pooling;
  /** Whether a class token goes through the blocks with the patches. */
  readonly classToken: boolean;
  /** Whether a distillation token goes through the blocks too, whose vector is handed over beside the pooled one. */
  readonly distillationToken: boolean;
  /** How many learned tokens go through the blocks that are handed over nowhere. */
  readonly registers: number;
  /** Whether the tokens before the grid (class token, distillation token, registers) have rows in the position encoding. */
  readonly prefixEncoding: boolean;
  /** Whether the pooled vector is normalised instead of the tokens (timm's `fc_norm`). */
  readonly normAfterPooling: boolean;
  readonly positionEncoding: PositionEncodingName;
  /** Share of samples whose branch is dropped in the last block while training; less in the blocks before it. */
  readonly dropPath: number;
  /** Whether queries, keys and values have a bias. */
  readonly qkvBias: boolean;
  /** What the factors start at by which each channel of a branch is scaled; 0 = branches aren't scaled. */
  readonly layerScale: number;
}

/** What to make a ViT of; `...vitSizes.tiny` gives its width and depth. */
export interface VitOptions
  extends VitSize,
    Partial<Omit<VitSettings, keyof VitSize | 'imageSize' | 'patchSize'>> {
  /** In pixels; one number for square images. */
  readonly imageSize: number | ImageSize;
  readonly patchSize: number;
  /** How every matrix starts; unless given as timm has it: normal with deviation 0.02, the patch projection uniform. */
  readonly initialise?: Initialise;
  /** Of the first weights; 0 unless given. */
  readonly seed?: number;
}

/** Spells out the defaults, and refuses what doesn't fit together with a sentence that says what would. */
export function vitSettings(options: VitOptions): VitSettings {
  const { patchSize, channels, depth, heads, pooling = 'class-token', mlpRatio = 4, dropPath = 0 } = options;
  const { inputChannels = 3, positionEncoding = 'learned', qkvBias = true } = options;
  const { distillationToken = false, registers = 0, prefixEncoding = registers === 0 } = options;
  const { layerScale = 0 } = options;
  const { classToken = pooling === 'class-token', normAfterPooling = pooling === 'average' } = options;

  for (const [name, count] of Object.entries({ channels, depth, heads, inputChannels }))
    if (!Number.isInteger(count) || count < 1)
      throw new Error(`${name} is ${count}, but must be a whole number above 0.`);
  if (!Number.isInteger(registers) || registers < 0)
    throw new Error(`registers is ${registers}, but must be a whole number from 0 up; 4 is usual.`);
  if (!(layerScale >= 0 && Number.isFinite(layerScale)))
    throw new Error(
      `layerScale is ${layerScale}, but is what factors start at: a number above 0 such as 1e-5, or 0 for none.`,
    );
  if (!(mlpRatio * channels >= 1))
    throw new Error(`mlpRatio is ${mlpRatio}, which leaves the MLP no hidden channels; 4 is usual.`);
  if (!(dropPath >= 0 && dropPath < 1))
    throw new Error(`dropPath is ${dropPath}, but is a share of samples: from 0 up to but not including 1.`);
  if (pooling === 'class-token' && !classToken)
    throw new Error(
      "pooling 'class-token' needs the class token; leave classToken out, or pool by 'average'.",
    );
  if (distillationToken && pooling !== 'class-token')
    throw new Error(
      `distillationToken belongs beside a class token, but pooling is '${pooling}'; pool by 'class-token'.`,
    );
  if (pooling === 'none' && normAfterPooling)
    throw new Error(
      "normAfterPooling normalises the pooled vector, but pooling is 'none'; pool by 'average'.",
    );
  gridOf(options.imageSize, patchSize);

  return {
    imageSize: sidesOf(options.imageSize),
    patchSize,
    channels,
    depth,
    heads,
    mlpRatio,
    inputChannels,
    pooling,
    classToken,
    distillationToken,
    registers,
    prefixEncoding,
    normAfterPooling,
    positionEncoding,
    dropPath,
    qkvBias,
    layerScale,
  };
}
