import { parseArgs } from 'node:util';

/** What the command was asked for. */
export interface Flags {
  readonly photographs: string;
  readonly workers: readonly number[];
  readonly augmentations: readonly Augmentation[];
  readonly images: number;
  readonly batch: number;
  readonly size: number;
  readonly python: string | undefined;
  readonly json: boolean;
}

const augmentations = ['crop', 'full'] as const;
export type Augmentation = (typeof augmentations)[number];

export const help = `Measures the data path by itself: JPEGs of 640 x 480 pixels to training batches. Lists are separated by commas.

  --photographs   a folder of pictures to make the JPEGs of; ../shared/data/photos unless given
  --workers       threads, a list; 0,1,2,3 unless given
  --augmentation  ${augmentations.join(', ')}; a list; full unless given. full: RandAugment, random erasing, mixup and CutMix too
  --images        that count, in each measurement; 1280 unless given
  --batch         images; 64 unless given
  --size          pixels of a side; 224 unless given
  --python        with torchvision and timm, to measure PyTorch's data path beside; left out unless given
  --json          prints one JSON object instead of a table`;

const text = { type: 'string' } as const;

/**
 * Reads the command line; undefined where help was asked for.
 *
 * @throws on an unknown flag or value
 */
export function readFlags(words: readonly string[]): Flags | undefined {
  const { values } = parseArgs({
    args: words.filter((word) => word !== '--'), // which `pnpm benchmark:data -- …` hands on
    options: {
      photographs: { ...text, default: '../shared/data/photos' },
      workers: { ...text, default: '0,1,2,3' },
      augmentation: { ...text, default: 'full' },
      images: { ...text, default: '1280' },
      batch: { ...text, default: '64' },
      size: { ...text, default: '224' },
      python: text,
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  return {
    photographs: values.photographs,
    workers: values.workers.split(',').map((word) => count('workers', word, 0)),
    augmentations: values.augmentation.split(',').map(augmentation),
    images: count('images', values.images, 1),
    batch: count('batch', values.batch, 1),
    size: count('size', values.size, 1),
    python: values.python,
    json: values.json,
  };
}

function count(flag: string, word: string, least: number): number {
  if (!/^\d+$/.test(word) || Number(word) < least)
    throw new Error(`--${flag} ${word}: expected a whole number from ${least} up.`);
  return Number(word);
}

function augmentation(word: string): Augmentation {
  const found = augmentations.find((name) => name === word);
  if (found === undefined) throw new Error(`--augmentation ${word}: expected ${augmentations.join(', ')}.`);
  return found;
}
