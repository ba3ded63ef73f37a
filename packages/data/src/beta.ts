import type { Stream } from '@whereabouts/layers';

/** The logarithm of a number drawn from the gamma distribution of a shape and scale 1. */
function logGamma(shape: number, random: Stream): number {
  // Shapes below 1 are reached from above, by a power of a uniform number.
  if (shape < 1) return logGamma(shape + 1, random) + Math.log(1 - random.uniform()) / shape;
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const normal = random.normal();
    const v = (1 + c * normal) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < normal ** 2 / 2 + d - d * v + d * Math.log(v))
      return Math.log(d * v);
  }
}

/**
 * Draws a number between 0 and 1 from the beta distribution whose two parameters are both `alpha`, above 0: near 0 or 1 for
 * a small one, uniform for 1, near 0.5 for a large one.
 *
 * @source Marsaglia & Tsang 2000, A simple method for generating gamma variables
 */
export function drawBeta(alpha: number, random: Stream): number {
  const difference = logGamma(alpha, random) - logGamma(alpha, random);
  return 1 / (1 + Math.exp(-difference));
}
