import type { Scalar } from '@tensorflow/tfjs-core';
import { createRandom, type Random } from './random.js';

/** What one run through a layer needs to know besides its input. */
export interface Pass {
  /** Whether dropping and other regularisation apply. */
  readonly training: boolean;
  /** The only source of randomness; nothing may be drawn from it when `training` is false. */
  readonly random: Random;
  /**
   * Numbers that a training changes from step to step, `[] float32` each, by a name that this part chose and states as
   * data (`scalars` of a head or a backbone), with what it takes where the training gives none. Absent: none is given.
   */
  readonly scalars?: Readonly<Record<string, Scalar>>;
}

/**
 * Narrows a pass to a part of the model, so that equal parts draw different random numbers; the part sees the scalars whose
 * names its own name leads, without it.
 *
 * @example
 * ```ts
 * import { evaluationPass, within } from '@whereabouts/layers';
 *
 * within(evaluationPass(), 'blocks.3').training; // => false
 * ```
 */
export function within(pass: Pass, name: string): Pass {
  const { training, random, scalars } = pass;
  const narrowed = { training, random: random.fork(name) };
  return scalars === undefined ? narrowed : { ...narrowed, scalars: scalarsUnder(scalars, `${name}.`) };
}

function scalarsUnder(
  scalars: Readonly<Record<string, Scalar>>,
  lead: string,
): Readonly<Record<string, Scalar>> {
  return Object.fromEntries(
    Object.entries(scalars).flatMap(([name, value]) =>
      name.startsWith(lead) ? [[name.slice(lead.length), value]] : [],
    ),
  );
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
