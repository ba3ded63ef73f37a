import type { Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { Grid } from './grid.js';

/**
 * The tokens of one resolution and where each one sits. Their order is free: `positions` is the truth, so a head
 * reads labels from `positions` and `grid`, never from the order of the tokens.
 */
export interface TokenMap {
  /** `[batch, length, channels] float32`, patch tokens only (no class token), after the last norm of their stage. */
  readonly tokens: Tensor3D;
  /** `[batch, length] int32`, raster index in `grid`, no position twice in an image. */
  readonly positions: Tensor2D;
  readonly grid: Grid;
  /** `[batch, length] float32`, 1 = the model was told this token's position, 0 = it was not. Absent: told as the spec says. */
  readonly positionGiven?: Tensor2D;
  /** `[batch, length] float32`, 1 = the model saw the pixels of this token, 0 = they were hidden from it. Absent: it saw all. */
  readonly contentGiven?: Tensor2D;
}

/** What a backbone hands to its heads. */
export interface Features {
  /** One map of tokens per resolution, finest grid first; at least one. */
  readonly stages: readonly TokenMap[];
  /** `[batch, channels] float32`, one vector per image: the class token or an average. Absent where `spec.pooled` is 0. */
  readonly pooled?: Tensor2D;
  /**
   * `[batch, channels] float32`, a second vector per image, kept apart for what a teacher says: the distillation token.
   * Absent where `spec.distilled` is absent or 0.
   */
  readonly distilled?: Tensor2D;
}

/**
 * How a backbone tells its tokens where they are: `absolute` adds an encoding to every token, `partial` to some of
 * them, `relative` tells pairs of tokens their offset (a bias in attention), `conditional` adds to every token what a
 * convolution makes of its neighbours (the zeros around the grid tell where the border is), `none` tells nothing.
 */
export type PositionEncodingKind = 'absolute' | 'partial' | 'relative' | 'conditional' | 'none';

/** What a backbone promises about one stage before it runs. */
export interface StageSpec {
  readonly grid: Grid;
  readonly channels: number;
  /** Tokens per image, at most `grid.rows * grid.columns`. */
  readonly length: number;
  /** Of how many of these tokens the model sees the pixels, the others are hidden from it; absent = of all. */
  readonly contentGiven?: number;
}

/** What a backbone promises before it runs; plain data, so that heads can be built and checked from it. */
export interface FeatureSpec {
  /** The version of this interface that the backbone was written for. */
  readonly contract: 1;
  /** One entry per stage that `apply` hands over, in the same order. */
  readonly stages: readonly StageSpec[];
  /** Channels of `Features.pooled`; 0 = the backbone pools nothing. */
  readonly pooled: number;
  /** Channels of `Features.distilled`; absent or 0 = the backbone hands over no such vector. */
  readonly distilled?: number;
  readonly positionEncoding: PositionEncodingKind;
  /**
   * Everything in it that tells tokens where they are, in words for people, such as `zero padding of windows`: what has no
   * variables could not be found otherwise. Absent = it says nothing about it.
   */
  readonly positionSources?: readonly string[];
}
