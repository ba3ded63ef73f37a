export { type Augmentation, padAndShift } from './augmentation.js';
export type { BatchOptions } from './batch-options.js';
export { type Batches, batches } from './batches.js';
export type { ColourJitter } from './colour-jitter.js';
export type { DataSet } from './data-set.js';
export { defaultCropPct } from './evaluation-view.js';
export { type Caltech256Options, caltech256 } from './formats/caltech-256.js';
export { cifar10 } from './formats/cifar-10.js';
export { type Cifar100Options, cifar100 } from './formats/cifar-100.js';
export { type FashionMnistOptions, fashionMnist } from './formats/fashion-mnist.js';
export { imageFolder } from './formats/image-folder.js';
export { imageNet } from './formats/imagenet.js';
export { type MetadataFolderOptions, metadataFolder } from './formats/metadata-folder.js';
export { type MiniImageNetOptions, miniImageNet } from './formats/mini-imagenet.js';
export {
  type DataSetLayout,
  type OpenDataSetOptions,
  type OpenedDataSet,
  openDataSet,
} from './formats/open-data-set.js';
export type { PictureSetOptions, SplitOptions } from './formats/set-options.js';
export { unlabelledFolder } from './formats/unlabelled-folder.js';
export type { Mixing } from './mixing.js';
export { imageNetNormalisation, type Normalisation } from './normalisation.js';
export type { Picture, Size } from './picture.js';
export type { FoundPicture, PictureFacts, PictureFile } from './picture-file.js';
export { type PictureFilesOptions, pictureFiles } from './picture-files.js';
export { randAugmentComplaint } from './rand-augment-complaint.js';
export type { RandomErasing } from './random-erasing.js';
export type { Split } from './split.js';
export { subset } from './subset.js';
export type { Box, View } from './view.js';
