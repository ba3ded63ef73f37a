import { resolve } from 'node:path';
import { z } from 'zod';
import type { Setting } from './setting.js';
import { choice, count, countFromZero, share, text, wordOr } from './setting-kinds.js';

/** The name of the data set that needs no folder; a folder of this name is meant by `./fashion-mnist`. */
export const builtInData = 'fashion-mnist';

type Colours = 'auto' | readonly [number, number, number];

/** One number for each colour of pictures, or the data set's own. */
function colours(
  number: z.ZodType<number>,
  about: Pick<Setting<Colours>, 'flag' | 'description'>,
): Setting<Colours> {
  return {
    ...about,
    type: 'numbers',
    schema: z.union([z.literal('auto'), z.tuple([number, number, number])]),
    default: 'auto',
    expected: 'auto, or three numbers, such as 0.5,0.5,0.5',
    choices: ['auto'],
  };
}

/** What is trained on, how it is read, and how large the model sees it. */
export const dataSettings = {
  path: text({
    flag: 'data',
    aliases: ['data-dir'],
    expected: 'a folder or fashion-mnist',
    description:
      'a folder of pictures, such as one folder per class, split into train, validation and test or not; or fashion-mnist. Must be given',
    absolute: (path, folder) => (path === builtInData ? path : resolve(folder, path)),
  }),
  layout: choice(
    [
      ...(['auto', 'imageFolder', 'imageNet', 'caltech256', 'miniImageNet'] as const),
      ...(['cifar10', 'cifar100', 'metadataFolder', 'unlabelledFolder'] as const),
    ],
    {
      flag: 'layout',
      default: 'auto',
      description:
        'what the folder is: auto (what it looks like), imageFolder (a folder per class), imageNet, caltech256, miniImageNet, cifar10, cifar100, metadataFolder (with a table metadata.csv or .jsonl), or unlabelledFolder, of which position labels alone are learned',
    },
  ),
  validationShare: share({
    flag: 'validation-share',
    default: 0.1,
    unit: 'share',
    description: 'how much of the training pictures is set apart where the data has no validation pictures',
  }),
  perClass: wordOr('all', count, {
    flag: 'per-class',
    default: 'all',
    unit: 'pictures',
    description: 'how many training pictures of each class are used',
  }),
  imageSize: count({
    flag: 'img-size',
    default: 64,
    unit: 'pixels',
    description: 'height and width of the pictures as the model sees them',
  }),
  mean: colours(z.number(), {
    flag: 'mean',
    description:
      "what is taken off red, green and blue, from 0 to 1; auto: that of the data set, for folders ImageNet's",
  }),
  deviation: colours(z.number().gt(0), {
    flag: 'std',
    description:
      "what red, green and blue are divided by after that; auto: that of the data set, for folders ImageNet's",
  }),
  workers: wordOr('auto', countFromZero, {
    flag: 'workers',
    default: 'auto',
    unit: 'threads',
    description:
      'threads that read, decode and augment pictures; auto: one less than the processor has cores, 1 to 4. It changes no picture',
    changeable: true,
  }),
  unreadableLimit: countFromZero({
    flag: 'unreadable-limit',
    default: 0,
    unit: 'files',
    description: 'how many pictures that cannot be read are left out and told; one more is an error',
  }),
  pixelLimit: count({
    flag: 'pixel-limit',
    default: 178_956_970,
    unit: 'pixels',
    description: 'a picture of more pixels counts as unreadable, and is never decoded',
  }),
  cacheMebibytes: countFromZero({
    flag: 'cache-mib',
    default: 512,
    unit: 'MiB',
    description: 'memory of each split for decoded pictures of up to 128 x 128 pixels',
    changeable: true,
  }),
} as const;
