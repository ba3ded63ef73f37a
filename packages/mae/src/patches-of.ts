import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core';
import { patchify } from '@whereabouts/patch-embedding';
import type { PixelHeadSettings } from './pixel-head.js';

/** Cuts images as the head's backbone did; images of another grid would make other targets without a word. */
export function patchesOf(
  images: Tensor4D,
  { patchSize, stage, inputChannels }: PixelHeadSettings,
): Tensor3D {
  const { rows, columns } = stage.grid;
  const [, height, width, given] = images.shape;
  if (height !== rows * patchSize || width !== columns * patchSize || given !== inputChannels)
    throw new Error(
      `The pixel head was made for images of ${rows * patchSize} x ${columns * patchSize} px (height x width) with ${inputChannels} channels, ` +
        `${rows} x ${columns} patches of ${patchSize} px, but was given ${height} x ${width} px with ${given}.`,
    );
  return patchify(images, patchSize);
}
