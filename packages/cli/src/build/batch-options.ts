import type { BatchOptions } from '@whereabouts/data';
import type { TrainingConfig } from '../settings/training-config.js';

type Options = Omit<BatchOptions, 'normalisation'>;

/** How pictures are read, whether trained on or not. */
function reading({ data }: TrainingConfig, report: (problem: string) => void): Partial<Options> {
  return {
    ...(data.workers === 'auto' ? {} : { workers: data.workers }),
    unreadable: { limit: data.unreadableLimit, report },
  };
}

/**
 * How training pictures become batches.
 *
 * @param classes how many the data has; 0 without labels, and then nothing is mixed
 * @param report told of each picture that can't be read and is replaced
 */
export function trainingBatchOptions(
  config: TrainingConfig,
  classes: number,
  report: (problem: string) => void,
): Options {
  const { augmentation, data, training } = config;
  const { scale, ratio, padding, horizontalFlip, verticalFlip, interpolation, repeats } = augmentation;
  const { randAugment, colourJitter, erasing, erasingMode: mode, erasingCount: count } = augmentation;
  const { mixup, cutmix, mixProbability, cutmixProbability, mixOffEpoch } = augmentation;
  const isMixed = classes > 0 && (mixup > 0 || cutmix > 0);
  return {
    ...reading(config, report),
    batchSize: training.batchSize,
    imageSize: data.imageSize,
    seed: training.seed,
    augmentation: {
      ...{ scale, ratio, padding, interpolation, hflip: horizontalFlip, vflip: verticalFlip },
      colourJitter: asJitter(colourJitter),
      ...(randAugment === 'none' ? {} : { randAugment }),
      ...(erasing === 0 ? {} : { randomErasing: { probability: erasing, mode, count } }),
    },
    ...(isMixed && {
      mixing: {
        ...{ classes, mixup, cutmix, probability: mixProbability, switchProbability: cutmixProbability },
        ...(mixOffEpoch === 0 ? {} : { offEpoch: mixOffEpoch }),
      },
    }),
    repeats,
  };
}

/** How pictures that are evaluated become batches. */
export function evaluationBatchOptions(
  config: TrainingConfig,
  report: (problem: string) => void = () => {},
): Options {
  const { cropPct, batchSize } = config.evaluation;
  return {
    ...reading(config, report),
    batchSize,
    imageSize: config.data.imageSize,
    ...(cropPct === 'auto' ? {} : { cropPct }),
  };
}

type Jitter = NonNullable<Exclude<BatchOptions['augmentation'], 'none' | undefined>['colourJitter']>;

// One number stands alone; the setting's check knows no other lengths than 1, 3 and 4.
function asJitter(numbers: readonly number[]): Jitter {
  return numbers.length === 1 ? (numbers[0] as number) : (numbers as unknown as Jitter);
}
