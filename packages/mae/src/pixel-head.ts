import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import type { Features, Head, StageSpec } from '@whereabouts/layers';
import type { PixelTargetName } from './pixel-targets.js';

/** The images that a pixel head learns from: `[batch, height, width, inputChannels] float32`, those that the backbone saw. */
export interface ImageBatch {
  readonly images: Tensor4D;
}

/** Into which patches a pixel head cuts images, and what it learns of them. */
export interface PixelHeadSettings {
  /** The stage that it reads: one patch per position of its grid. */
  readonly stage: StageSpec;
  /** Side of a patch in pixels. */
  readonly patchSize: number;
  /** Channels of the images. */
  readonly inputChannels: number;
  readonly target: PixelTargetName;
}

/**
 * A head that paints what its backbone didn't see: it predicts
 * `[batch, positions, patchSize * patchSize * inputChannels] float32`, in raster order.
 */
export interface PixelHead extends Head<ImageBatch, Tensor3D> {
  readonly settings: PixelHeadSettings;
  /** `[batch, positions, 1] float32` in raster order, 1 = the pixels there were hidden from the backbone, 0 = it saw them. */
  readonly hidden: (features: Features) => Tensor3D;
}
