import type { Metrics } from '../callback.js';

/**
 * Stops a training whose numbers stopped being numbers, before anything is saved.
 *
 * @param at.checkpoint the file of the last checkpoint, for the message
 * @throws when a loss or the gradient norm is NaN or infinite, naming which term and which step
 * @example
 * ```ts
 * import { requireFinite } from '@whereabouts/trainer';
 *
 * requireFinite({ loss: 0.5 }, { step: 1, learningRate: 0.1 }); // => undefined
 * ```
 */
export function requireFinite(
  metrics: Metrics,
  at: { readonly step: number; readonly learningRate: number; readonly checkpoint?: string | undefined },
): void {
  const broken = Object.entries(metrics).filter(([, value]) => !Number.isFinite(value));
  if (broken.length === 0) return;
  // A term of its own says more than the sum and the gradient that it spoils.
  const [name, value] =
    broken.find(([metric]) => metric.endsWith('.loss')) ?? (broken[0] as [string, number]);
  const saved =
    at.checkpoint === undefined
      ? ''
      : ` The last checkpoint is intact, from before this step: ${at.checkpoint}.`;
  throw new Error(
    `${name} became ${value} at step ${at.step} (learning rate ${at.learningRate}). Lower the learning rate, clip the gradients, or look for broken images.${saved}`,
  );
}
