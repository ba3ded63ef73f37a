import { swinSizes } from '@whereabouts/swin';
import { deitSizes, vitSizes } from '@whereabouts/vit';

/** Which package builds a model. */
export type ModelFamily = 'vit' | 'swin';

/** A built-in model: who builds it, and the settings that follow from its name unless they are given. */
export interface NamedModel {
  readonly family: ModelFamily;
  readonly settings: Readonly<Record<string, unknown>>;
  /** By path, what it is pretrained with unless that is given. */
  readonly pretraining: Readonly<Record<string, unknown>>;
}

const ofVit = {
  ...{ patchSize: 8, pooling: 'class-token', positionEncoding: 'learned', distillationToken: false },
  depths: [],
};

const ofSwin = {
  ...{ patchSize: 4, pooling: 'average', positionEncoding: 'none', distillationToken: false },
};

/** MAE's numbers. */
const maskedVit = { 'masking.keepRatio': 0.25, 'model.positionEncoding': 'sine-cosine' };

/** SimMIM's. */
const maskedSwin = { 'masking.keepRatio': 0.4 };

const vitOf = (size: object): NamedModel => ({
  family: 'vit',
  settings: { ...ofVit, ...size },
  pretraining: maskedVit,
});

const swinOf = (size: object): NamedModel => ({
  family: 'swin',
  settings: { ...ofSwin, ...size },
  pretraining: maskedSwin,
});

/** A Swin's size as settings: its heads double with every stage, so those of the first one tell all. */
const firstHeads = ({ heads: [heads], ...size }: (typeof swinSizes)[keyof typeof swinSizes]) => ({
  ...size,
  heads,
});

/** Every built-in model by the word of `--model`. */
export const namedModels = {
  'vit-tiny': vitOf(vitSizes.tiny),
  'vit-small': vitOf(vitSizes.small),
  'vit-base': vitOf(vitSizes.base),
  'vit-large': vitOf(vitSizes.large),
  'deit-tiny': vitOf(deitSizes.tiny),
  'deit-small': vitOf(deitSizes.small),
  'deit-base': vitOf(deitSizes.base),
  vit: vitOf({}),
  'swin-tiny': swinOf(firstHeads(swinSizes.tiny)),
  'swin-small': swinOf(firstHeads(swinSizes.small)),
  'swin-base': swinOf(firstHeads(swinSizes.base)),
  'swin-large': swinOf(firstHeads(swinSizes.large)),
  swin: swinOf({}),
} as const satisfies Readonly<Record<string, NamedModel>>;

/** A built-in model's name. */
export type ModelName = keyof typeof namedModels;

/** Names of built-in models. */
export const modelNames = Object.keys(namedModels) as readonly ModelName[] as readonly [
  ModelName,
  ...ModelName[],
];
