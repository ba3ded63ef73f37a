import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Grid, PositionEncodingKind, Random, Variables } from '@whereabouts/layers';

/** What is added to tokens so that they know where they sit. */
export interface PositionEncoding {
  /** What a backbone's spec says of it. */
  readonly kind: Extract<PositionEncodingKind, 'absolute' | 'conditional' | 'none'>;
  /** What it learns, by path; may be empty. */
  readonly variables: Variables;
  /** Paths of variables that weight decay leaves alone. */
  readonly undecayed: readonly string[];
  /** Paths of variables `[prefix + positions, channels]`, which belong to this grid: another one needs them resized. */
  readonly byPosition: readonly string[];
  /**
   * What to add to tokens; undefined = nothing. Without `positions` that of the whole grid,
   * `[1, prefix + positions, channels] float32`; with `positions [batch, length] int32` (raster indices) that of those
   * alone, `[batch, prefix + length, channels] float32`. The rows of the prefix always come first.
   */
  readonly rows: (positions?: Tensor2D) => Tensor3D | undefined;
  /**
   * What tokens of the grid become after the first block, `[batch, length, channels] float32` to the same shape, where
   * `positions [batch, length] int32` says where they sit: without it, they are the whole grid in raster order. Absent: they
   * stay what they are.
   */
  readonly afterFirstBlock?: (tokens: Tensor3D, positions?: Tensor2D) => Tensor3D;
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
