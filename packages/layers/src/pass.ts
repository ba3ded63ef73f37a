import type { Scalar } from '@tensorflow/tfjs-core';
import { createRandom, type Random } from './random.js';

/** What one run through a layer needs to know besides its input. */
export interface Pass {
  /** Whether dropping and other regularisation apply. */
  readonly training: boolean;
  /** The only source of randomness; nothing may be drawn from it when `training` is false. */
  readonly random: Random;
  /**
   * Numbers of a head that the training changes from step to step, `[] float32` each by the name that `Head.scalars` gives
   * them. A head takes its own default for one that isn't there.
   */
  readonly scalars?: Readonly<Record<string, Scalar>>;
}

/**
 * Narrows a pass to a part of the model, so that equal parts draw different random numbers.
 *
 * @example
 * ```ts
 * import { evaluationPass, within } from '@whereabouts/layers';
 *
 * within(evaluationPass(), 'blocks.3').training; // => false
 * ```
 */
export function within(pass: Pass, name: string): Pass {
  return { ...pass, random: pass.random.fork(name) };
}

/**
 * A pass for evaluation and prediction: no dropping, and no randomness that matters.
 *
 * @example
 * ```ts
 * import { evaluationPass } from '@whereabouts/layers';
 *
 * evaluationPass().training; // => false
 * ```
 */
export function evaluationPass(): Pass {
  return { training: false, random: createRandom({ seed: 0, step: 0 }) };
}

/**
 * A pass for one training step; the same seed and step give the same random numbers on every backend.
 *
 * @example
 * ```ts
 * import { trainingPass } from '@whereabouts/layers';
 *
 * trainingPass({ seed: 1, step: 12 }).training; // => true
 * ```
 */
export function trainingPass(origin: { readonly seed: number; readonly step: number }): Pass {
  return { training: true, random: createRandom(origin) };
}
