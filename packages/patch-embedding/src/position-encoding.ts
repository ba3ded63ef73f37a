import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Grid, Random, Variables } from '@whereabouts/layers';

/** What is added to tokens so that they know where they sit. */
export interface PositionEncoding {
  /** `absolute` where every token is told its position, `none` where none is; goes into a backbone's spec. */
  readonly kind: 'absolute' | 'none';
  /** Empty, or `weight [prefix + positions, channels]`. */
  readonly variables: Variables;
  /** Paths of variables that weight decay leaves alone. */
  readonly undecayed: readonly string[];
  /**
   * What to add to tokens; undefined = nothing. Without `positions` that of the whole grid,
   * `[1, prefix + positions, channels] float32`; with `positions [batch, length] int32` (raster indices) that of those
   * alone, `[batch, prefix + length, channels] float32`. The rows of the prefix always come first.
   */
  readonly rows: (positions?: Tensor2D) => Tensor3D | undefined;
}

/** What every position encoding is made of. */
export interface PositionEncodingOptions {
  readonly grid: Grid;
  readonly channels: number;
  /** Where first values come from. */
  readonly random: Random;
  /** How many tokens stand before those of the grid, such as 1 for a class token; 0 unless given. */
  readonly prefix?: number;
}
