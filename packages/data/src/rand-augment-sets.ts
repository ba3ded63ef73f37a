import type { randAugmentChoices } from './rand-augment-choices.js';

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

/** The three of DeiT III: one of them is meant to be done, as by `rand-n1-p1-t3a`. @source timm, `_RAND_3A` */
export const threeSet: RandAugmentSet = { SolarizeIncreasing: 1, Desaturate: 1, GaussianBlur: 1 };

/** Mostly the three of DeiT III, else moves. @source timm, `_RAND_WEIGHTED_3A` */
export const weightedThreeSet: RandAugmentSet = {
  SolarizeIncreasing: 6,
  Desaturate: 6,
  GaussianBlur: 6,
  Rotate: 3,
  ShearX: 2,
  ShearY: 2,
  PosterizeIncreasing: 1,
  AutoContrast: 1,
  ColorIncreasing: 1,
  SharpnessIncreasing: 1,
  ContrastIncreasing: 1,
  BrightnessIncreasing: 1,
  Equalize: 1,
  Invert: 1,
};
