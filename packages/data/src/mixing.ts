import type { Stream } from '@whereabouts/layers';
import { drawBeta } from './beta.js';
import type { Size } from './picture.js';
import { type Box, whole } from './view.js';

/** How the images of a training batch are mixed with each other. Plain data. */
export interface Mixing {
  /** How many classes there are: the length of each target. */
  readonly classes: number;
  /** Mixup's alpha: both images everywhere, shares drawn from the beta distribution (alpha, alpha). Default 0: never. */
  readonly mixup?: number | undefined;
  /** CutMix's alpha: a box of the other image, its share of the area drawn likewise. Default 0: never. */
  readonly cutmix?: number | undefined;
  /** The probability that a batch is mixed. Default 1. */
  readonly probability?: number | undefined;
  /** Where there are both, the probability of CutMix. Default 0.5. */
  readonly switchProbability?: number | undefined;
  /** The epoch, counted from 0, from which on nothing is mixed. Default never. */
  readonly offEpoch?: number | undefined;
}

/** How one batch is mixed, drawn; plain data. */
export interface Mix {
  /** Where the other image comes in. */
  readonly box: Box;
  /** How much of an image is left inside of the box: 0 for CutMix. */
  readonly kept: number;
  /** The share of an image's own class in its target. */
  readonly lambda: number;
}

/**
 * Draws how a batch is mixed; undefined where it isn't.
 *
 * @source Zhang et al., mixup (arXiv 1710.09412); Yun et al., CutMix (arXiv 1905.04899); as timm's `Mixup` in batch mode,
 *   with lambda from the part of the box that lies inside the image
 */
export function drawMix(mixing: Mixing, imageSize: Size, random: Stream): Mix | undefined {
  const { mixup = 0, cutmix = 0, probability = 1, switchProbability = 0.5 } = mixing;
  if (random.uniform() >= probability) return undefined;
  const cutmixShare = mixup > 0 && cutmix > 0 ? switchProbability : Math.sign(cutmix);
  if (random.uniform() < cutmixShare) return cutmixOf(drawBeta(cutmix, random), imageSize, random);
  const lambda = drawBeta(mixup, random);
  return { box: whole(imageSize), kept: lambda, lambda };
}

function cutmixOf(lambda: number, { width, height }: Size, random: Stream): Mix {
  const side = Math.sqrt(1 - lambda);
  const across = cutSpan(Math.trunc(width * side), width, random);
  const down = cutSpan(Math.trunc(height * side), height, random);
  const box = { left: across.start, top: down.start, width: across.length, height: down.length };
  return { box, kept: 0, lambda: 1 - (box.width * box.height) / (width * height) };
}

/** The part of a span around a random centre that lies inside the image. */
function cutSpan(length: number, end: number, random: Stream): { start: number; length: number } {
  const centre = random.integer(end);
  const from = Math.max(0, centre - Math.floor(length / 2));
  const to = Math.min(end, centre + Math.ceil(length / 2));
  return { start: from, length: to - from };
}
