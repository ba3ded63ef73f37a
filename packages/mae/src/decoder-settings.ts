import {
  type FeatureSpec,
  type Initialise,
  positionCount,
  type StageSpec,
  unmetNeed,
} from '@whereabouts/layers';
import type { PixelHeadSettings } from './pixel-head.js';
import type { PixelTargetName } from './pixel-targets.js';

/** How wide and deep a decoder is. */
export interface DecoderSize {
  readonly channels: number;
  readonly depth: number;
  readonly heads: number;
}

/** What to make a pixel decoder of; `...maeSizes.base.decoder` gives its width and depth. */
export interface PixelDecoderOptions extends Partial<DecoderSize> {
  /** Of the backbone that the decoder will sit on. */
  readonly spec: FeatureSpec;
  /** Side of a patch in pixels: that of the backbone's last stage. */
  readonly patchSize: number;
  /** Channels of the images; 3 unless given. */
  readonly inputChannels?: number;
  /** What is predicted of a patch; `plain` pixels unless given. */
  readonly target?: PixelTargetName;
  /** Hidden channels of each MLP per channel; 4 unless given. */
  readonly mlpRatio?: number;
  /** How every matrix starts; Xavier uniform unless given. */
  readonly initialise?: Initialise;
  /** Of the first weights; 0 unless given. */
  readonly seed?: number;
}

/** What a pixel decoder is made of, every default spelled out. */
export interface DecoderSettings extends DecoderSize, PixelHeadSettings {
  readonly mlpRatio: number;
  /** Whether the pooled vector goes in as one more token. */
  readonly readsPooled: boolean;
}

/** Spells out the defaults, and refuses what doesn't fit together with a sentence that says what would. */
export function decoderSettings(options: PixelDecoderOptions): DecoderSettings {
  const { spec, patchSize, inputChannels = 3, mlpRatio = 4, target = 'plain' } = options;
  const { channels = 512, depth = 8, heads = 16 } = options;
  const unmet = unmetNeed({ stage: -1 }, spec);
  if (unmet !== undefined) throw new Error(`The pixel decoder ${unmet}.`);
  for (const [name, count] of Object.entries({ patchSize, inputChannels, channels, depth, heads }))
    if (!Number.isInteger(count) || count < 1)
      throw new Error(`The pixel decoder got ${name}: ${count}; expected a whole number above 0.`);
  if (channels % 4 !== 0 || channels % heads !== 0)
    throw new Error(
      `The pixel decoder got ${channels} channels and ${heads} heads; expected channels that 4 (for its sine-cosine encoding) and heads divide, such as 512 and 16.`,
    );
  const stage = spec.stages.at(-1) as StageSpec;
  if (positionCount(stage.grid) < 2)
    throw new Error(
      'The pixel decoder needs a grid of two patches at least: a part of one patch leaves nothing to paint. Make patchSize smaller, or the images larger.',
    );
  if (stage.length >= positionCount(stage.grid))
    throw new Error(
      `The pixel decoder paints patches that its backbone doesn't see, but this one sees all ${stage.length}. Give it the spec of a masked backbone, such as masked(vit, { keepRatio: 0.25 }).`,
    );
  return {
    stage,
    patchSize,
    inputChannels,
    channels,
    depth,
    heads,
    mlpRatio,
    target,
    readsPooled: spec.pooled === stage.channels,
  };
}
