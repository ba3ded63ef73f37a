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

const between = (least: number, most: number) => (share: number) =>
  Math.max(least, Math.min(most, least + (most - least) * share));

/** What RandAugment chooses from, by timm's names. @source timm, `LEVEL_TO_ARG` */
export const randAugmentChoices = {
  AutoContrast: { name: 'autoContrast', amount: none },
  Brightness: { name: 'brightness', amount: factor },
  BrightnessIncreasing: { name: 'brightness', amount: factorFromOne },
  Color: { name: 'saturation', amount: factor },
  ColorIncreasing: { name: 'saturation', amount: factorFromOne },
  Contrast: { name: 'contrast', amount: factor },
  ContrastIncreasing: { name: 'contrast', amount: factorFromOne },
  Desaturate: { name: 'desaturate', amount: between(0.5, 1) },
  Equalize: { name: 'equalise', amount: none },
  GaussianBlur: { name: 'gaussianBlur', amount: between(0.1, 2) },
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
