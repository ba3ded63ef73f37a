import { resolve } from 'node:path';
import { count, text, wordOr } from './setting-kinds.js';

/** The name of the data set that needs no folder; a folder of this name is meant by `./fashion-mnist`. */
export const builtInData = 'fashion-mnist';

/** What is trained on, and how large the model sees it. */
export const dataSettings = {
  path: text({
    flag: 'data',
    aliases: ['data-dir'],
    expected: 'a folder or fashion-mnist',
    description:
      'a folder with one folder of pictures per class, split into train, validation and test or not; or fashion-mnist. Must be given',
    absolute: (path, folder) => (path === builtInData ? path : resolve(folder, path)),
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
} as const;
