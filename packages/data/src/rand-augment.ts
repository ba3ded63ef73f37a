import type { Stream } from '@whereabouts/layers';
import type { Sampling } from './operations/transform.js';
import type { PixelOperation } from './pixel-operation.js';
import type { RandAugmentPolicy } from './rand-augment-policy.js';

/**
 * Draws the operations of one image.
 *
 * @param samplings one of them is drawn for each operation
 * @source Cubuk et al., RandAugment (arXiv 1909.13719); as timm's `RandAugment` and `AugmentOp`
 */
export function drawRandAugment(
  policy: RandAugmentPolicy,
  samplings: readonly Sampling[],
  random: Stream,
): readonly PixelOperation[] {
  const { magnitude, deviation, maximum } = policy;
  const drawn: PixelOperation[] = [];
  let choices = policy.choices;
  for (let layer = 0; layer < policy.count; layer += 1) {
    const chosen = choose(choices, random);
    if (!policy.repeats) choices = choices.filter((other) => other !== chosen);
    const done = random.uniform() < policy.probability;
    const level =
      deviation === Number.POSITIVE_INFINITY
        ? random.uniform() * magnitude
        : magnitude + deviation * random.normal();
    const direction = random.uniform() < 0.5 ? 1 : -1;
    const sampling = samplings[random.integer(samplings.length)] as Sampling;
    if (!done) continue;
    const { name, amount } = chosen.choice;
    const share = Math.min(maximum, Math.max(0, level)) / 10;
    drawn.push({ name, amount: amount(share, direction), sampling });
  }
  return drawn;
}

/** One of the choices, each as often as its weight says. */
function choose(choices: RandAugmentPolicy['choices'], random: Stream): RandAugmentPolicy['choices'][number] {
  const total = choices.reduce((sum, { weight }) => sum + weight, 0);
  let left = random.uniform() * total;
  for (const choice of choices) {
    left -= choice.weight;
    if (left < 0) return choice;
  }
  return choices.at(-1) as RandAugmentPolicy['choices'][number];
}
