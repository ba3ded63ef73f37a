/** How wide and deep a Swin is, stage by stage. */
export interface SwinSize {
  /** Channels of the first stage; each stage after it has twice those of the one before. */
  readonly channels: number;
  /** Blocks of each stage. */
  readonly depths: readonly number[];
  /** Heads of each stage. */
  readonly heads: readonly number[];
}

/**
 * The usual sizes: Swin-T, S, B and L, to spread into the options of `swin`.
 *
 * @source Liu et al. 2021, section 3.3
 */
export const swinSizes = {
  tiny: { channels: 96, depths: [2, 2, 6, 2], heads: [3, 6, 12, 24] },
  small: { channels: 96, depths: [2, 2, 18, 2], heads: [3, 6, 12, 24] },
  base: { channels: 128, depths: [2, 2, 18, 2], heads: [4, 8, 16, 32] },
  large: { channels: 192, depths: [2, 2, 18, 2], heads: [6, 12, 24, 48] },
} as const satisfies Readonly<Record<string, SwinSize>>;
