import type { Initialise } from '@whereabouts/layers';
import { gridOf, type ImageSize, sidesOf } from '@whereabouts/patch-embedding';
import type { SwinSize } from './swin-sizes.js';

/** What a Swin is made of; plain data, every default spelled out, so that it can be stored beside the weights. */
export interface SwinSettings extends SwinSize {
  readonly imageSize: ImageSize;
  /** Side of a patch in pixels. */
  readonly patchSize: number;
  /** Side of a window in tokens; on a side of a grid that is not longer, the window is as long as the grid. */
  readonly windowSize: number;
  /** Whether attention is told how far apart two tokens of a window are. */
  readonly relativePositionBias: boolean;
  /** Whether the last stage halves the grid as the others do. Else it keeps it, and its window is the whole grid. */
  readonly mergeLastStage: boolean;
  /** Hidden channels of each MLP per channel. */
  readonly mlpRatio: number;
  /** Channels of the images. */
  readonly inputChannels: number;
  /** Share of samples whose branch is dropped in the last block while training; less in the blocks before it. */
  readonly dropPath: number;
  /** Whether queries, keys and values have a bias. */
  readonly qkvBias: boolean;
}

/** What to make a Swin of; `...swinSizes.tiny` gives its width and depth. */
export interface SwinOptions
  extends SwinSize,
    Partial<Omit<SwinSettings, keyof SwinSize | 'imageSize' | 'patchSize'>> {
  /** In pixels; one number for square images. */
  readonly imageSize: number | ImageSize;
  readonly patchSize: number;
  /** How every matrix starts; unless given as timm has it: normal with deviation 0.02, the patch projection uniform. */
  readonly initialise?: Initialise;
  /** Of the first weights; 0 unless given. */
  readonly seed?: number;
}

/** Spells out the defaults, and refuses what doesn't fit together with a sentence that says what would. */
export function swinSettings(options: SwinOptions): SwinSettings {
  const { patchSize, channels, depths, heads, windowSize = 7, inputChannels = 3, mlpRatio = 4 } = options;
  const { relativePositionBias = true, mergeLastStage = true, dropPath = 0, qkvBias = true } = options;

  const counts = {
    channels,
    windowSize,
    inputChannels,
    ...listed('depths', depths),
    ...listed('heads', heads),
  };
  for (const [name, count] of Object.entries(counts))
    if (!Number.isInteger(count) || count < 1)
      throw new Error(`${name} is ${count}, but must be a whole number above 0.`);
  if (depths.length === 0)
    throw new Error('depths is empty, but names the blocks of each stage; Swin-T has [2, 2, 6, 2].');
  if (heads.length !== depths.length)
    throw new Error(
      `depths names ${depths.length} stages ([${depths}]) and heads ${heads.length} ([${heads}]); give one number per stage in both.`,
    );
  heads.forEach((count, stage) => {
    if ((channels * 2 ** stage) % count !== 0)
      throw new Error(
        `${count} heads do not divide the ${channels * 2 ** stage} channels of stage ${stage}; choose a number of heads that does.`,
      );
  });
  if (!(mlpRatio * channels >= 1))
    throw new Error(`mlpRatio is ${mlpRatio}, which leaves the MLP no hidden channels; 4 is usual.`);
  if (!(dropPath >= 0 && dropPath < 1))
    throw new Error(`dropPath is ${dropPath}, but is a share of samples: from 0 up to but not including 1.`);
  if (!mergeLastStage && depths.length === 1)
    throw new Error(
      'mergeLastStage is false, but the only stage merges nothing; leave it out, or add a stage.',
    );
  gridOf(options.imageSize, patchSize);

  return {
    imageSize: sidesOf(options.imageSize),
    patchSize,
    channels,
    depths: [...depths],
    heads: [...heads],
    windowSize,
    relativePositionBias,
    mergeLastStage,
    mlpRatio,
    inputChannels,
    dropPath,
    qkvBias,
  };
}

const listed = (name: string, counts: readonly number[]): Record<string, number> =>
  Object.fromEntries(counts.map((count, stage) => [`${name}[${stage}]`, count]));
