import { type Stream, stream } from '@whereabouts/layers';
import { type ColourJitter, drawColourJitter } from './colour-jitter.js';
import type { Finish } from './finish-picture.js';
import { meanColour, type Normalisation } from './normalisation.js';
import type { Sampling } from './operations/transform.js';
import type { Size } from './picture.js';
import type { PixelOperation } from './pixel-operation.js';
import { drawRandAugment } from './rand-augment.js';
import { randAugmentPolicy } from './rand-augment-policy.js';
import { drawErasures, type RandomErasing } from './random-erasing.js';
import { randomResizedCrop } from './random-resized-crop.js';
import type { View } from './view.js';
import { whole } from './view.js';

/**
 * What a training image goes through, in this order: a random crop, resized; a shift; flips; RandAugment or else colour
 * jitter; normalisation; random erasing. Plain data.
 */
export interface Augmentation {
  /** The range of the crop's share of the picture's area. Default `[0.08, 1]`. */
  readonly scale?: readonly [number, number] | undefined;
  /** The range of the crop's width / height. Default `[3 / 4, 4 / 3]`. */
  readonly ratio?: readonly [number, number] | undefined;
  /** The image is shifted by up to so many pixels each way, black coming in from outside. Default 0. */
  readonly padding?: number | undefined;
  /** The probability of a mirror image, left to right. Default 0.5. */
  readonly hflip?: number | undefined;
  /** The probability of a mirror image, top to bottom. Default 0. */
  readonly vflip?: number | undefined;
  /** RandAugment as timm writes it, such as `rand-m9-mstd0.5-inc1`. Default none. */
  readonly randAugment?: string | undefined;
  /**
   * How far brightness, contrast, saturation and perhaps hue go to either side; one number stands for the first three.
   * As in timm, left out beside `randAugment`, but for its sets `3a` and `3aw`. Default 0.
   */
  readonly colourJitter?: number | ColourJitter | undefined;
  /** Rectangles that are overwritten with noise. Default none. */
  readonly randomErasing?: RandomErasing | undefined;
  /** Of the crop and of RandAugment; `random` draws one of the two each time. Default `bicubic`. */
  readonly interpolation?: 'bicubic' | 'bilinear' | 'random' | undefined;
}

/**
 * The augmentation that is usual for tiny pictures of one size: the whole picture, shifted by up to 4 pixels, flipped.
 *
 * @source He et al., Deep Residual Learning, section 4.2 (CIFAR-10)
 */
export const padAndShift: Augmentation = { scale: [1, 1], ratio: [1, 1], padding: 4 };

/** How one example enters its batch. */
export interface Placement {
  /** The part of the picture that is seen, for a picture of this size. */
  readonly choose: (size: Size) => View;
  /** What happens to that part. */
  readonly finish: Finish;
}

/** What the draws for an example depend on, besides the seed. */
export interface Origin {
  readonly epoch: number;
  /** Of the example in its split. */
  readonly index: number;
  /** How often the example came before in the same epoch. */
  readonly repeat: number;
}

const interpolations = {
  bicubic: ['bicubic'],
  bilinear: ['bilinear'],
  random: ['bicubic', 'bilinear'],
} as const;

/**
 * Makes the function that draws the random placement of each example; a placement depends on seed and origin alone.
 *
 * @throws when `randAugment` can't be read
 */
export function augmenter(
  augmentation: Augmentation,
  options: { readonly imageSize: Size; readonly normalisation: Normalisation; readonly seed: number },
): (origin: Origin) => Placement {
  const { imageSize, normalisation, seed } = options;
  const { scale = [0.08, 1], ratio = [3 / 4, 4 / 3], padding = 0, hflip = 0.5, vflip = 0 } = augmentation;
  const { interpolation = 'bicubic', randAugment, colourJitter = 0, randomErasing } = augmentation;
  const fill = meanColour(normalisation);
  const samplings = interpolations[interpolation].map((each): Sampling => ({ interpolation: each, fill }));
  const jitter: ColourJitter =
    typeof colourJitter === 'number' ? [colourJitter, colourJitter, colourJitter] : colourJitter;
  const drawOperations = operationDrawer(randAugment, jitter, samplings);

  return ({ epoch, index, repeat }) => {
    const path = [seed, 'augmentation', epoch, index, ...(repeat === 0 ? [] : [repeat])];
    const named = (name: string) => stream(...path, name);
    const random = stream(...path);
    // The crop is drawn last: how many numbers it takes depends on the picture.
    const flip = random.uniform() < hflip;
    const shift = {
      right: random.integer(2 * padding + 1) - padding,
      down: random.integer(2 * padding + 1) - padding,
    };
    const sampling = samplings.length === 1 ? 0 : named('interpolation').integer(samplings.length);
    const view = {
      size: imageSize,
      window: whole(imageSize),
      interpolation: (samplings[sampling] as Sampling).interpolation,
    };
    return {
      choose: (size) => ({ ...view, crop: randomResizedCrop(size, scale, ratio, random) }),
      finish: {
        shift,
        flip,
        verticalFlip: vflip > 0 && named('vflip').uniform() < vflip,
        operations: drawOperations(named),
        erasures:
          randomErasing === undefined
            ? []
            : drawErasures(randomErasing, imageSize, [...path, 'randomErasing']),
      },
    };
  };
}

/** What draws the operations of an image from its streams by name: RandAugment, or else colour jitter; or both, or none. */
function operationDrawer(
  randAugment: string | undefined,
  jitter: ColourJitter,
  samplings: readonly Sampling[],
): (named: (name: string) => Stream) => readonly PixelOperation[] {
  const policy = randAugment === undefined ? undefined : randAugmentPolicy(randAugment);
  const jitters = jitter.some((reach) => reach > 0) && (policy?.keepsColourJitter ?? true);
  return (named) => [
    ...(policy === undefined ? [] : drawRandAugment(policy, samplings, named('randAugment'))),
    ...(jitters ? drawColourJitter(jitter, samplings[0] as Sampling, named('colourJitter')) : []),
  ];
}
