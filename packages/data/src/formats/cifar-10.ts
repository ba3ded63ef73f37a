import type { DataSet } from '../data-set.js';
import { type CifarDescription, cifarDataSet } from './cifar-data-set.js';
import { checkSetOptions, type SplitOptions, splitOptions } from './set-options.js';

/** CIFAR-10's binary version. */
export const cifar10Description: CifarDescription = {
  title: 'CIFAR-10',
  archiveFolder: 'cifar-10-batches-bin',
  train: { files: [1, 2, 3, 4, 5].map((number) => `data_batch_${number}.bin`), picturesPerFile: 10_000 },
  test: { files: ['test_batch.bin'], picturesPerFile: 10_000 },
  namesFile: 'batches.meta.txt',
  layout: { labelBytes: 1, labelByte: 0, classes: 10 },
  normalisation: { mean: [0.4914, 0.4822, 0.4465], deviation: [0.247, 0.2435, 0.2616] },
};

/**
 * Opens CIFAR-10 from its binary version: 60,000 photographs of 32 x 32 pixels in 10 classes.
 *
 * `root` holds `data_batch_1.bin` to `data_batch_5.bin`, `test_batch.bin` and `batches.meta.txt`, or the folder
 * `cifar-10-batches-bin` with them. Of the 50,000 training pictures, 500 of each class become the validation set, by seed; with
 * `validationShare: 0` none do, and the test set serves as validation too.
 *
 * @throws when a file is missing, is cut short (with the number of its bytes) or holds a label that isn't one
 *
 * @example
 * ```ts
 * import { cifar10 } from '@whereabouts/data';
 *
 * const failure = await cifar10('no-such-folder').catch((error: Error) => error.message);
 * String(failure).startsWith("no-such-folder doesn't hold CIFAR-10's binary version"); // => true
 * ```
 *
 * @source Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009; mean and deviation are those of the
 *   50,000 training pictures
 */
export async function cifar10(root: string, options: SplitOptions = {}): Promise<DataSet> {
  checkSetOptions('cifar10', splitOptions, options);
  return cifarDataSet(root, cifar10Description, options);
}
