import type { DecoderSize } from './decoder-settings.js';

/** How wide and deep a masked autoencoder is. */
export interface MaeSize {
  /** To spread into the options of `vit`. */
  readonly encoder: {
    readonly patchSize: number;
    readonly channels: number;
    readonly depth: number;
    readonly heads: number;
  };
  /** To spread into the options of `pixelDecoder`. */
  readonly decoder: DecoderSize;
}

const decoder = { channels: 512, depth: 8, heads: 16 };

/**
 * The sizes of the official models, `base`, `large` and `huge`, and two small ones.
 *
 * @source He et al. 2022 (MAE), `models_mae.py`; `tiny` and `small` are MAE-Lite's (Wang et al. 2023), which has 12 heads
 *   in both encoders
 */
export const maeSizes = {
  tiny: {
    encoder: { patchSize: 16, channels: 192, depth: 12, heads: 12 },
    decoder: { channels: 96, depth: 1, heads: 3 },
  },
  small: {
    encoder: { patchSize: 16, channels: 384, depth: 12, heads: 12 },
    decoder: { channels: 192, depth: 1, heads: 6 },
  },
  base: { encoder: { patchSize: 16, channels: 768, depth: 12, heads: 12 }, decoder },
  large: { encoder: { patchSize: 16, channels: 1024, depth: 24, heads: 16 }, decoder },
  huge: { encoder: { patchSize: 14, channels: 1280, depth: 32, heads: 16 }, decoder },
} as const satisfies Readonly<Record<string, MaeSize>>;
