import type { PixelOperation } from './pixel-operation.js';

/** How an operation gets its amount. */
export interface RandAugmentChoice {
  readonly name: PixelOperation['name'];
  /** From a tenth of the magnitude and a direction, 1 or -1. */
  readonly amount: (share: number, direction: number) => number;
}

const none = () => 0;
const eitherWay = (most: number) => (share: number, direction: number) => direction * share * most;
const bits = (share: number) => Math.trunc(share * 4);
const threshold = (share: number) => Math.min(256, Math.trunc(share * 256));
/** From little to much, whether that is a small change or a great one. */
const factor = (share: number) => share * 1.8 + 0.1;
/** Away from 1, where nothing changes. */
const factorFromOne = (share: number, direction: number) => Math.max(0.1, 1 + direction * share * 0.9);

/** What RandAugment chooses from, by timm's names. @source timm, `LEVEL_TO_ARG` */
export const randAugmentChoices = {
  AutoContrast: { name: 'autoContrast', amount: none },
  Brightness: { name: 'brightness', amount: factor },
  BrightnessIncreasing: { name: 'brightness', amount: factorFromOne },
  Color: { name: 'saturation', amount: factor },
  ColorIncreasing: { name: 'saturation', amount: factorFromOne },
  Contrast: { name: 'contrast', amount: factor },
  ContrastIncreasing: { name: 'contrast', amount: factorFromOne },
  Equalize: { name: 'equalise', amount: none },
  Invert: { name: 'invert', amount: none },
  Posterize: { name: 'posterise', amount: bits },
  PosterizeIncreasing: { name: 'posterise', amount: (share) => 4 - bits(share) },
  Rotate: { name: 'rotate', amount: eitherWay(30) },
  Sharpness: { name: 'sharpness', amount: factor },
  SharpnessIncreasing: { name: 'sharpness', amount: factorFromOne },
  ShearX: { name: 'shearX', amount: eitherWay(0.3) },
  ShearY: { name: 'shearY', amount: eitherWay(0.3) },
  Solarize: { name: 'solarise', amount: threshold },
  SolarizeAdd: { name: 'solariseAdd', amount: (share) => Math.min(128, Math.trunc(share * 110)) },
  SolarizeIncreasing: { name: 'solarise', amount: (share) => 256 - threshold(share) },
  TranslateXRel: { name: 'translateX', amount: eitherWay(0.45) },
  TranslateYRel: { name: 'translateY', amount: eitherWay(0.45) },
} as const satisfies Readonly<Record<string, RandAugmentChoice>>;

/** A set of operations: timm's names, and how often each is chosen in comparison to the others. */
export type RandAugmentSet = Readonly<Partial<Record<keyof typeof randAugmentChoices, number>>>;

/** Each as often, whether or not a greater magnitude changes more. @source timm, `_RAND_TRANSFORMS` */
export const plainSet: RandAugmentSet = {
  AutoContrast: 1,
  Equalize: 1,
  Invert: 1,
  Rotate: 1,
  Posterize: 1,
  Solarize: 1,
  SolarizeAdd: 1,
  Color: 1,
  Contrast: 1,
  Brightness: 1,
  Sharpness: 1,
  ShearX: 1,
  ShearY: 1,
  TranslateXRel: 1,
  TranslateYRel: 1,
};

/** Each as often; a greater magnitude changes more. @source timm, `_RAND_INCREASING_TRANSFORMS` */
export const increasingSet: RandAugmentSet = {
  AutoContrast: 1,
  Equalize: 1,
  Invert: 1,
  Rotate: 1,
  PosterizeIncreasing: 1,
  SolarizeIncreasing: 1,
  SolarizeAdd: 1,
  ColorIncreasing: 1,
  ContrastIncreasing: 1,
  BrightnessIncreasing: 1,
  SharpnessIncreasing: 1,
  ShearX: 1,
  ShearY: 1,
  TranslateXRel: 1,
  TranslateYRel: 1,
};

/** Mostly moves, seldom colours. @source timm, `_RAND_WEIGHTED_0` */
export const weightedSet: RandAugmentSet = {
  Rotate: 3,
  ShearX: 2,
  ShearY: 2,
  TranslateXRel: 1,
  TranslateYRel: 1,
  ColorIncreasing: 0.25,
  SharpnessIncreasing: 0.25,
  AutoContrast: 0.25,
  SolarizeIncreasing: 0.05,
  SolarizeAdd: 0.05,
  ContrastIncreasing: 0.05,
  BrightnessIncreasing: 0.05,
  Equalize: 0.05,
  PosterizeIncreasing: 0.05,
  Invert: 0.05,
};
