import type { Scalar } from '@tensorflow/tfjs-core';
import type { Ema } from '../ema.js';
import { clipGradients, globalNorm } from '../optimisers/clip-gradients.js';
import type { Gradients, Optimiser } from '../optimisers/optimiser.js';

/** What changes weights once their gradients are known. */
export interface Updating {
  readonly optimiser: Optimiser;
  /** The largest global norm of the gradients; they are not clipped unless given. */
  readonly clipNorm?: number;
  readonly ema?: Ema;
}

/** Clips gradients, changes the weights and then their averages; gives the norm before clipping, `[] float32`. */
export function applyGradients(
  { optimiser, clipNorm, ema }: Updating,
  gradients: Gradients,
  scalars: Readonly<Record<string, Scalar>>,
): Scalar {
  const norm = globalNorm(gradients);
  const shortened = clipNorm === undefined ? gradients : clipGradients(gradients, norm, clipNorm);
  optimiser.update(shortened, scalars.learningRate as Scalar, scalars);
  ema?.update(scalars);
  return norm;
}
