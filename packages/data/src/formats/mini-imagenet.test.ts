import { describe, expect, it } from 'vitest';
import { filesOf, pictureFolder } from '../../testing/picture-folders.js';
import { miniImageNet } from './mini-imagenet.js';

/** Six classes of twelve pictures, in tables of three, one and two classes. */
const table = (...classes: readonly number[]) =>
  `filename,label\n${classes.flatMap((label) => named(label).map((name) => `${name},n0${label}\n`)).join('')}`;
const named = (label: number) => Array.from({ length: 12 }, (_, index) => `n0${label}-${index}.jpg`);
const pictures = [0, 1, 2, 3, 4, 5].flatMap(named).map((name) => `images/${name}`);
const tables = { 'train.csv': table(4, 0, 1), 'val.csv': table(2), 'test.csv': table(3, 5) };

describe('miniImageNet', () => {
  it('mixes all classes: a sixth of each for the test, whatever the seed', async () => {
    const root = pictureFolder(pictures, tables);
    const set = await miniImageNet(root, { validationShare: 0.2 });
    expect(set.classNames).toEqual(['n00', 'n01', 'n02', 'n03', 'n04', 'n05']);
    expect([set.train.length, set.validation.length, set.test?.length]).toEqual([48, 12, 12]);
    for (const [split, count] of [
      [set.train, 8],
      [set.validation, 2],
      [set.test, 2],
    ] as const)
      for (let label = 0; label < 6; label += 1)
        expect(split?.classes?.filter((other) => other === label)).toHaveLength(count);
    const label = set.train.classes?.[7] ?? 0;
    expect(set.train.describe(7)).toContain(`n0${label}-`);

    const other = await miniImageNet(root, { validationShare: 0.2, seed: 5 });
    const files = (part: typeof set.test) => part && filesOf(part, root);
    expect(files(other.test)).toEqual(files(set.test));
    expect(files(other.validation)).not.toEqual(files(set.validation));
  });

  it('tests on the validation set where all others are for training', async () => {
    const root = pictureFolder(pictures, tables);
    const { train, validation, test } = await miniImageNet(root, { validationShare: 0 });
    expect([train.length, validation.length, validation.name]).toEqual([60, 12, 'validation']);
    expect(test && filesOf(validation, root)).toEqual(test && filesOf(test, root));
  });

  it('takes the three tables as they are where asked', async () => {
    const root = pictureFolder([...pictures, 'images/other.jpg'], { ...tables, 'read.me': 'hello' });
    const { classNames, train, validation, test, ignored } = await miniImageNet(root, { split: 'files' });
    expect(classNames).toHaveLength(6);
    expect(new Set(train.classes)).toEqual(new Set([4, 0, 1]));
    expect(new Set(validation.classes)).toEqual(new Set([2]));
    expect(new Set(test?.classes)).toEqual(new Set([3, 5]));
    expect(train.describe(0)).toMatch(/images.n04-0\.jpg$/);
    expect(ignored?.map((path) => path.slice(root.length + 1))).toEqual(['read.me']);
  });

  it('tells of tables that are missing, incomplete or name a picture that is not there', async () => {
    const { 'val.csv': _, ...incomplete } = tables;
    await expect(miniImageNet(pictureFolder(pictures, incomplete))).rejects.toThrow(
      /doesn't hold Mini-ImageNet\. Expected train\.csv/,
    );
    const broken = (val: string) => miniImageNet(pictureFolder(pictures, { ...tables, 'val.csv': val }));
    await expect(broken('file,label\na.jpg,n01\n')).rejects.toThrow(
      /val\.csv has no column filename; its first line names file, label\./,
    );
    await expect(broken('filename,label\na.jpg,\n')).rejects.toThrow(
      /There is no label on line 2 of .*val\.csv/,
    );
    await expect(broken('filename,label\nn00-3.jpg,n00\n')).rejects.toThrow(
      /n00-3\.jpg stands on line \d+ of .*train\.csv and again on line 2 of .*val\.csv/,
    );
    await expect(broken('filename,label\nnone.jpg,n02\nn02-0.jpg,n02\n')).rejects.toThrow(
      /1 of \d+ pictures can't be read:[\s\S]*none\.jpg/,
    );
  });
});
