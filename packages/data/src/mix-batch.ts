import { type HostBatch, type HostTensor, stream } from '@whereabouts/layers';
import { drawMix, type Mix, type Mixing } from './mixing.js';

/** Images and their classes, decoded and normalised. */
export interface ClassifiedImages extends HostBatch {
  /** `[batch, height, width, 3]` float32. */
  readonly images: HostTensor;
  /** `[batch]` int32. */
  readonly classes: HostTensor;
}

/** Turns a training batch into a mixed one. */
export type MixBatch = (
  batch: ClassifiedImages,
  origin: { readonly epoch: number; readonly number: number },
) => HostBatch;

/**
 * Makes the function that mixes the batches of a training; how depends on seed, epoch and the number of the batch alone.
 * Every batch has `targets`, whether or not it was mixed.
 */
export function batchMixer(mixing: Mixing, seed: number): MixBatch {
  const { classes, offEpoch = Number.POSITIVE_INFINITY } = mixing;
  return (batch, { epoch, number }) => {
    const [, height, width] = batch.images.shape as readonly [number, number, number, number];
    const random = stream(seed, 'mixing', epoch, number);
    return mixBatch(
      batch,
      classes,
      epoch < offEpoch ? drawMix(mixing, { height, width }, random) : undefined,
    );
  };
}

/**
 * Adds `targets` `[batch, classes]` float32 to a batch; where there is a mix, each image meets the one that is as far from the
 * end of the batch as it is from the beginning. `classes` stay those of the images' own.
 *
 * For the sake of memory `images` are overwritten.
 *
 * @source timm's `Mixup` in batch mode, but for the label smoothing: that is the classifier's, which smooths either target
 */
export function mixBatch(batch: ClassifiedImages, classes: number, mix: Mix | undefined): HostBatch {
  if (mix !== undefined) mixImages(batch.images, mix);
  return { ...batch, targets: mixedTargets(batch.classes.values, classes, mix?.lambda ?? 1) };
}

function mixImages({ values, shape }: HostTensor, { box, kept }: Mix): void {
  const [batch, height, width] = shape as readonly [number, number, number, number];
  const imageLength = height * width * 3;
  for (let one = 0, other = batch - 1; one < other; one += 1, other -= 1)
    for (let row = box.top; row < box.top + box.height; row += 1) {
      const start = (row * width + box.left) * 3;
      const end = start + box.width * 3;
      const first = values.subarray(one * imageLength + start, one * imageLength + end);
      const second = values.subarray(other * imageLength + start, other * imageLength + end);
      for (let index = 0; index < first.length; index += 1) {
        const value = first[index] as number;
        const partner = second[index] as number;
        first[index] = kept * value + (1 - kept) * partner;
        second[index] = kept * partner + (1 - kept) * value;
      }
    }
}

/** The share of each class in each image: `lambda` of its own, the rest of its partner's. */
function mixedTargets(classes: HostTensor['values'], count: number, lambda: number): HostTensor {
  const targets = new Float32Array(classes.length * count); // [batch, classes]
  classes.forEach((label, image) => {
    const partner = image * count + (classes.at(-1 - image) as number);
    targets[image * count + label] = lambda;
    targets[partner] = (targets[partner] as number) + 1 - lambda;
  });
  return { shape: [classes.length, count], dtype: 'float32', values: targets };
}
