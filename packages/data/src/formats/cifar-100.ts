import { z } from 'zod';
import type { DataSet } from '../data-set.js';
import { type CifarDescription, cifarDataSet } from './cifar-data-set.js';
import { checkSetOptions, type SplitOptions, splitOptions } from './set-options.js';

/** How CIFAR-100 is opened. */
export interface Cifar100Options extends SplitOptions {
  /** The 100 classes (`fine`) or the 20 groups of 5 that they form (`coarse`). Default `fine`. */
  readonly labels?: 'fine' | 'coarse' | undefined;
}

/** CIFAR-100's binary version, by which labels are read. */
export const cifar100Descriptions: Readonly<Record<'fine' | 'coarse', CifarDescription>> = {
  fine: description('fine_label_names.txt', 1, 100),
  coarse: description('coarse_label_names.txt', 0, 20),
};

function description(namesFile: string, labelByte: number, classes: number): CifarDescription {
  return {
    title: 'CIFAR-100',
    archiveFolder: 'cifar-100-binary',
    train: { files: ['train.bin'], picturesPerFile: 50_000 },
    test: { files: ['test.bin'], picturesPerFile: 10_000 },
    namesFile,
    layout: { labelBytes: 2, labelByte, classes },
    normalisation: { mean: [0.5071, 0.4865, 0.4409], deviation: [0.2673, 0.2564, 0.2762] },
  };
}

/** The options of `Cifar100Options` for zod. */
export const cifar100Options = { ...splitOptions, labels: z.enum(['fine', 'coarse']).optional() };

/**
 * Opens CIFAR-100 from its binary version: 60,000 photographs of 32 x 32 pixels in 100 classes, or in 20 groups of them.
 *
 * `root` holds `train.bin`, `test.bin`, `fine_label_names.txt` and `coarse_label_names.txt`, or the folder `cifar-100-binary`
 * with them. Of the 50,000 training pictures a tenth of each class becomes the validation set, by seed; with
 * `validationShare: 0` none do, and the test set serves as validation too.
 *
 * @throws when a file is missing, is cut short (with the number of its bytes) or holds a label that isn't one
 *
 * @example
 * ```ts
 * import { cifar100 } from '@whereabouts/data';
 *
 * const failure = await cifar100('no-such-folder', { labels: 'coarse' }).catch((error: Error) => error.message);
 * String(failure).startsWith("no-such-folder doesn't hold CIFAR-100's binary version"); // => true
 * ```
 *
 * @source Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; mean and deviation are those of the
 *   50,000 training pictures
 */
export async function cifar100(root: string, options: Cifar100Options = {}): Promise<DataSet> {
  checkSetOptions('cifar100', cifar100Options, options);
  const { labels = 'fine' } = options;
  return cifarDataSet(root, cifar100Descriptions[labels], options);
}
