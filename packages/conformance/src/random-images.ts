import type * as tf from '@tensorflow/tfjs-core';
import type { Random } from '@whereabouts/layers';

/**
 * Makes the inputs on which a backbone is checked: images of normal noise, `[batchSize, height, width, channels] float32`.
 *
 * @param size.height in pixels
 * @param size.width in pixels
 * @param size.channels 3 unless given
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { randomImages } from '@whereabouts/conformance';
 * import { createRandom } from '@whereabouts/layers';
 *
 * randomImages({ height: 8, width: 12 })(2, createRandom({ seed: 0, step: 0 })).shape; // => [2, 8, 12, 3]
 * ```
 */
export function randomImages(size: {
  readonly height: number;
  readonly width: number;
  readonly channels?: number;
}): (batchSize: number, random: Random) => tf.Tensor4D {
  const { height, width, channels = 3 } = size;
  return (batchSize, random) => random.normal('images', [batchSize, height, width, channels]) as tf.Tensor4D;
}
