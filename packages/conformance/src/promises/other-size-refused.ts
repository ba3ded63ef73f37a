import * as tf from '@tensorflow/tfjs-core';
import { type Backbone, evaluationPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { shapesOfSpec } from './shapes-of-spec.js';

const promise = 'images of another size are refused in a sentence';

/** Images of half the height bring an error that a user understands, or features that still equal the spec. */
export function otherSizeRefused<Images extends tf.Tensor4D>(
  backbone: Backbone<Images>,
  images: Images,
): void {
  const [batch, height, width] = images.shape;
  const half = Math.ceil(height / 2);
  if (half === height) return;
  tf.tidy(() => {
    const other = tf.slice(images, [0, 0, 0, 0], [-1, half, -1, -1]) as Images;
    const refusal = attempt(() => backbone.apply(other, evaluationPass()));
    const expected = `an error that names the size ${half} x ${width} that was given, or features of the spec`;
    if ('value' in refusal) {
      const mismatch = attempt(() => shapesOfSpec(refusal.value, backbone.spec, batch));
      if ('error' in mismatch)
        throw brokenPromise(
          promise,
          expected,
          `no error, and features that differ${mismatch.error.message.slice(mismatch.error.message.indexOf('. Expected'), -1)}`,
        );
    } else {
      const { name, message } = refusal.error;
      const numbers: readonly string[] = message.match(/\d+/g) ?? [];
      if (name === 'TypeError' || ![half, width].every((side) => numbers.includes(String(side))))
        throw brokenPromise(promise, expected, `${name} "${message}"`);
    }
  });
}

function attempt<Value>(run: () => Value): { readonly value: Value } | { readonly error: Error } {
  try {
    return { value: run() };
  } catch (error) {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }
}
