import { stat } from 'node:fs/promises';
import type { DataSet } from '../data-set.js';
import { type Caltech256Options, caltech256, findCaltech256 } from './caltech-256.js';
import { cifar10, cifar10Description } from './cifar-10.js';
import { type Cifar100Options, cifar100, cifar100Descriptions } from './cifar-100.js';
import { findCifar } from './cifar-data-set.js';
import { expectedLayout, isPicture, listFolder } from './folder-layout.js';
import { imageFolder } from './image-folder.js';
import { findImageNet, imageNet } from './imagenet.js';
import { findMetadataFolder, type MetadataFolderOptions, metadataFolder } from './metadata-folder.js';
import { findMiniImageNet, type MiniImageNetOptions, miniImageNet } from './mini-imagenet.js';
import { unlabelledFolder } from './unlabelled-folder.js';

/** What any data set may be asked for; one that doesn't know an option says so. */
export type OpenDataSetOptions = MiniImageNetOptions &
  Caltech256Options &
  Cifar100Options &
  MetadataFolderOptions & {
    /** Open it as this, instead of as what it looks like. */
    readonly layout?: DataSetLayout | undefined;
  };

/** A layout that data sets come in, named after the function that opens it. */
export type DataSetLayout = (typeof layouts)[number]['name'];

/** A data set, and what it was found to be. */
export interface OpenedDataSet {
  readonly layout: DataSetLayout;
  /** The layout for people to read, such as `ImageNet's folders`. */
  readonly title: string;
  readonly dataSet: DataSet;
}

interface Layout<Name extends string> {
  readonly name: Name;
  readonly title: string;
  /** Whether a folder has it. */
  readonly isIn: (root: string) => Promise<boolean>;
  readonly open: (root: string, options: object) => Promise<DataSet>;
}

const layout = <const Name extends string>(described: Layout<Name>): Layout<Name> => described;
const isFound = (folder: string | undefined) => folder !== undefined;

async function holdsPictures(folder: string): Promise<boolean> {
  const { folders, files } = await listFolder(folder).catch(() => ({ folders: [], files: [] }));
  return folders.length === 0 && files.some(isPicture);
}

/** From the most particular one on; the last but one fits every folder. */
const layouts = [
  layout({
    name: 'cifar10',
    title: "CIFAR-10's binary files",
    isIn: async (root) => isFound(findCifar(root, cifar10Description)),
    open: cifar10,
  }),
  layout({
    name: 'cifar100',
    title: "CIFAR-100's binary files",
    isIn: async (root) => isFound(findCifar(root, cifar100Descriptions.fine)),
    open: cifar100,
  }),
  layout({
    name: 'miniImageNet',
    title: "Mini-ImageNet's tables",
    isIn: async (root) => isFound(findMiniImageNet(root)),
    open: miniImageNet,
  }),
  layout({
    name: 'imageNet',
    title: "ImageNet's folders",
    isIn: async (root) => isFound(await findImageNet(root)),
    open: imageNet,
  }),
  layout({
    name: 'caltech256',
    title: "Caltech-256's folders",
    isIn: async (root) => isFound(await findCaltech256(root)),
    open: caltech256,
  }),
  layout({
    name: 'metadataFolder',
    title: 'pictures with a metadata table',
    isIn: async (root) => isFound(findMetadataFolder(root)),
    open: metadataFolder,
  }),
  layout({
    name: 'unlabelledFolder',
    title: 'pictures without labels',
    isIn: async (root) => (await holdsPictures(root)) || (await holdsPictures(`${root}/train`)),
    open: unlabelledFolder,
  }),
  layout({
    name: 'imageFolder',
    title: 'a folder per class',
    isIn: async () => true,
    open: imageFolder,
  }),
];

/**
 * Opens a folder as whatever data set it looks like, and says as what: CIFAR-10's or CIFAR-100's binary files, Mini-ImageNet's tables,
 * ImageNet's or Caltech-256's folders, pictures with a metadata table, pictures without labels (in `root` or in `root/train`, with no
 * folders), or a folder per class.
 *
 * Each is documented with the function of its name, which takes the same options. Where a folder looks like something else than
 * it is, such as folders of pictures that aren't classes, `layout` says what it is.
 *
 * @throws when there is no such folder, it is none of these, or an option isn't one of the layout that was found
 *
 * @example
 * ```ts
 * import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { openDataSet } from '@whereabouts/data';
 *
 * const white = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5ErkJggg==';
 * const root = mkdtempSync(join(tmpdir(), 'pictures-'));
 * for (const name of ['cat', 'dog']) {
 *   mkdirSync(join(root, name));
 *   for (const file of ['1.png', '2.png']) writeFileSync(join(root, name, file), Buffer.from(white, 'base64'));
 * }
 *
 * const { layout, title, dataSet } = await openDataSet(root, { validationShare: 0.5 });
 * [layout, title]; // => ["imageFolder", "a folder per class"]
 * dataSet.classNames; // => ["cat", "dog"]
 * (await openDataSet(root, { layout: 'unlabelledFolder' })).dataSet.classNames; // => []
 * ```
 */
export async function openDataSet(root: string, options: OpenDataSetOptions = {}): Promise<OpenedDataSet> {
  const { layout: name, ...rest } = options;
  const found = await stat(root).catch(() => undefined);
  if (!found) throw new Error(`There is no folder ${root}.\n${expectedLayout}`);
  if (!found.isDirectory())
    throw new Error(`${root} is a file, not a folder of pictures.\n${expectedLayout}`);
  for (const { name: own, title, isIn, open } of layouts)
    if (name === undefined ? await isIn(root) : name === own)
      return { layout: own, title, dataSet: await open(root, rest) };
  throw new Error(`There is no layout ${name}; known are ${layouts.map(({ name: own }) => own).join(', ')}.`);
}
