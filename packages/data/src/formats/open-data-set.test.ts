import { join } from 'node:path';
import { expect, it } from 'vitest';
import { numbered, pictureFolder } from '../../testing/picture-folders.js';
import { openDataSet } from './open-data-set.js';

const classes = [...numbered('a', 3), ...numbered('b', 3)];
const synsets = [...numbered('train/n01440764', 3), ...numbered('train/n02012849', 3)];

it.each([
  ['imageFolder', 'a folder per class', classes],
  ['imageFolder', 'a folder per class', classes.map((name) => `train/${name}`)],
  ['imageFolder', 'a folder per class', [...classes, 'loose.png']],
  ['imageNet', "ImageNet's folders", synsets],
  [
    'caltech256',
    "Caltech-256's folders",
    [...numbered('001.ak47', 61), ...numbered('002.american-flag', 61)],
  ],
  ['unlabelledFolder', 'pictures without labels', ['1.png', '2.png']],
  ['unlabelledFolder', 'pictures without labels', numbered('train', 3)],
] as const)('opens %s: %s', async (layout, title, names) => {
  const opened = await openDataSet(pictureFolder(names));
  expect([opened.layout, opened.title]).toEqual([layout, title]);
  expect(opened.dataSet.train.length).toBeGreaterThan(0);
});

it('opens what tables list', async () => {
  const table = 'file_name,label\na/0.png,x\na/1.png,x\nb/0.png,y\nb/1.png,y\n';
  const metadata = await openDataSet(pictureFolder(classes, { 'metadata.csv': table }));
  expect([metadata.layout, metadata.dataSet.classNames]).toEqual(['metadataFolder', ['x', 'y']]);
  const list = (...names: readonly string[]) =>
    `filename,label\n${names.map((name) => `${name}.png,${name[0]}\n`).join('')}`;
  const mini = await openDataSet(
    pictureFolder(
      ['p1', 'p2', 'q1', 'q2', 'q3', 'p3'].map((name) => `images/${name}.png`),
      { 'train.csv': list('p1', 'p2', 'q1'), 'val.csv': list('q2'), 'test.csv': list('q3', 'p3') },
    ),
  );
  expect([mini.layout, mini.dataSet.classNames]).toEqual(['miniImageNet', ['p', 'q']]);
});

it('tells binary files by their names', async () => {
  await expect(
    openDataSet(pictureFolder([], { 'data_batch_2.bin': 'short', 'batches.meta.txt': 'a\n' })),
  ).rejects.toThrow('names of classes instead of 10');
  await expect(openDataSet(pictureFolder([], { 'cifar-100-binary/train.bin': 'short' }))).rejects.toThrow(
    'The names of the classes',
  );
});

it('opens a folder as what it is said to be', async () => {
  const { layout, dataSet } = await openDataSet(pictureFolder(classes), {
    layout: 'unlabelledFolder',
    seed: 3,
  });
  expect([layout, dataSet.classNames, dataSet.train.length]).toEqual(['unlabelledFolder', [], 5]);
});

it('passes options on, and tells of those that the layout does not know', async () => {
  const root = pictureFolder([...numbered('001.ak47', 9), ...numbered('002.american-flag', 9)]);
  const { dataSet } = await openDataSet(root, { trainPerClass: 5, validationShare: 0 });
  expect([dataSet.train.length, dataSet.test?.length]).toEqual([10, 8]);
  await expect(openDataSet(pictureFolder(classes), { trainPerClass: 5 })).rejects.toThrow(
    /options of imageFolder can't be used:[\s\S]*trainPerClass/,
  );
});

it('tells of what is no data set', async () => {
  await expect(openDataSet(join(pictureFolder([]), 'none'))).rejects.toThrow(/There is no folder .*none/);
  await expect(openDataSet(join(pictureFolder(['1.png']), '1.png'))).rejects.toThrow(
    'is a file, not a folder',
  );
  await expect(openDataSet(pictureFolder([]))).rejects.toThrow(
    /It is empty\.\nExpected one folder per class/,
  );
  const unknown: object = { layout: 'cifar' };
  await expect(openDataSet(pictureFolder(classes), unknown)).rejects.toThrow(
    'There is no layout cifar; known are cifar10, cifar100, miniImageNet',
  );
});
