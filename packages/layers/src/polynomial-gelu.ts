import * as tf from '@tensorflow/tfjs-core';
import { operation } from './operation.js';

/** A rise from minus a half at `-end` to a half at `end`: `t · Σ coefficientₖ · uᵏ` with `u = 2 (t / end)² - 1`. */
interface Rise {
  readonly end: number;
  readonly coefficients: readonly number[];
}

// Fitted so that the largest error is about the smallest for their degree, under the condition at the end.

/** `Φ(x) - 1/2`, the normal distribution's share below x, to 1.1e-5. */
const share: Rise = {
  end: 4.25,
  coefficients: [
    0.165935403, -0.080761756, 0.0556998723, -0.0393486637, 0.0255990916, -0.014115564, 0.00857020522,
    -0.0064016758, 0.00247014615,
  ],
};

/** `Φ(x) + x · φ(x) - 1/2`, by which GELU rises, to 6.9e-5. */
const slope: Rise = {
  end: 4.5,
  coefficients: [
    0.159445672, -0.0899289201, 0.0861887264, -0.0952751583, 0.105025332, -0.0881376672, 0.0477526302,
    -0.044918351, 0.055958592, -0.0249997449,
  ],
};

/** The rise plus a half: 0 on the left of it and 1 on the right. */
function risen(x: tf.Tensor, { end, coefficients }: Rise): tf.Tensor {
  const within = tf.clipByValue(x, -end, end);
  // From -1 to 1: in powers of t² itself the terms would be large and cancel.
  const u = tf.sub(tf.mul(tf.square(within), 2 / end ** 2), 1);
  const [highest = 0, next = 0, ...rest] = coefficients.toReversed();
  const sum = rest.reduce<tf.Tensor>(
    (sum, coefficient) => tf.add(tf.mul(sum, u), coefficient),
    tf.add(tf.mul(u, highest), next),
  );
  return tf.add(tf.mul(within, sum), 0.5);
}

/**
 * GELU within 5e-5 and its gradient within 7e-5, for where both are rounded to bfloat16 anyway (to 2e-3 at 1): neither an error
 * function nor an exponential has to be computed.
 */
export const polynomialGelu = operation((x) => ({
  // Held on the left, since what rounding leaves of a share of 0 would grow with x.
  value: tf.mul(tf.maximum(x, -share.end), risen(x, share)),
  saved: [x],
  gradient: (upstream, [x]) => [tf.mul(upstream, risen(x as tf.Tensor, slope))],
}));
