import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';

/** What the images of an audit look like, in pixels; 3 channels unless given. */
export interface AuditImageSize {
  readonly height: number;
  readonly width: number;
  readonly channels?: number;
}

/** Makes `count` images `[count, height, width, channels] float32` that hold no position, from named randomness. */
export type MakeAuditImages = (name: string, count: number) => tf.Tensor4D;

/**
 * Images in which nothing tells where anything is: `constant` have one colour each, `noise` has normal pixels, each by
 * itself. What a probe tells of positions in them, the backbone has told it.
 */
export function auditImages(
  { height, width, channels = 3 }: AuditImageSize,
  seed: number,
): Readonly<Record<'constant' | 'noise', MakeAuditImages>> {
  const random = createRandom({ seed, step: 0 }).fork('audit');
  return {
    constant: (name, count) =>
      tf.tidy(() => {
        const colours = random.normal(`constant/${name}`, [count, 1, 1, channels]);
        return tf.add(tf.zeros([count, height, width, channels]), colours) as tf.Tensor4D;
      }),
    noise: (name, count) => random.normal(`noise/${name}`, [count, height, width, channels]) as tf.Tensor4D,
  };
}
