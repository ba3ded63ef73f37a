import type { Stream } from '@whereabouts/layers';
import type { Sampling } from './operations/transform.js';
import type { PixelOperation } from './pixel-operation.js';

/** How far brightness, contrast, saturation and hue go to either side; 0 or absent: not at all. */
export type ColourJitter = readonly [number, number, number] | readonly [number, number, number, number];

/** What each number of a jitter changes, the amount that leaves a picture as it is, and the least amount there is. */
const parts = [
  { name: 'brightness', still: 1, least: 0 },
  { name: 'contrast', still: 1, least: 0 },
  { name: 'saturation', still: 1, least: 0 },
  { name: 'hue', still: 0, least: -0.5 },
] as const;

/**
 * Draws the changes of one image: a factor around 1 for brightness, contrast and saturation, a turn around 0 for hue, in
 * random order.
 *
 * @source torchvision, `ColorJitter`
 */
export function drawColourJitter(
  jitter: ColourJitter,
  sampling: Sampling,
  random: Stream,
): readonly PixelOperation[] {
  const drawn = parts.flatMap(({ name, still, least }, part) => {
    const reach = jitter[part] ?? 0;
    const from = Math.max(least, still - reach);
    const amount = from + (still + reach - from) * random.uniform();
    const turn = random.uniform();
    return reach === 0 ? [] : [{ operation: { name, amount, sampling }, turn }];
  });
  return drawn.sort((one, other) => one.turn - other.turn).map(({ operation }) => operation);
}
