import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOf, numbered, pictureFolder } from '../../testing/picture-folders.js';
import { batches } from '../batches.js';
import { unlabelledFolder } from './unlabelled-folder.js';

describe('unlabelledFolder', () => {
  it('takes every picture, however deep, and sets some apart', async () => {
    const names = [...numbered('summer/beach', 6), ...numbered('summer', 2), 'winter.jpg', 'autumn.JPG'];
    const root = pictureFolder([...names, '.hidden/1.png'], { 'summer/notes.txt': 'hello' });
    const set = await unlabelledFolder(root, { validationShare: 0.3, seed: 2 });
    expect([set.classNames, set.train.classes, set.validation.classes]).toEqual([[], undefined, undefined]);
    expect([set.train.length, set.validation.length, set.test]).toEqual([7, 3, undefined]);
    expect([...filesOf(set.train, root), ...filesOf(set.validation, root)].sort()).toEqual([...names].sort());
    expect(set.ignored?.map((path) => path.slice(root.length + 1))).toEqual(['summer/notes.txt']);
  });

  it('takes train, validation and test where they are there', async () => {
    const root = pictureFolder([
      ...numbered('train/a', 3),
      'train/1.png',
      'val/2.png',
      'test/3.png',
      'loose.png',
    ]);
    const { train, validation, test, ignored } = await unlabelledFolder(root);
    expect([train.length, validation.length, test?.length]).toEqual([4, 1, 1]);
    expect(ignored?.map((path) => path.slice(root.length + 1))).toEqual(['loose.png']);
    const alone = await unlabelledFolder(pictureFolder(numbered('train', 10)));
    expect([alone.train.length, alone.validation.length]).toEqual([9, 1]);
  });

  it('makes batches without classes', async () => {
    const { train, normalisation } = await unlabelledFolder(pictureFolder(numbered('a', 5)));
    const { epoch } = batches(train, {
      batchSize: 2,
      imageSize: 8,
      augmentation: {},
      normalisation,
      workers: 0,
    });
    for await (const batch of epoch(0)) {
      expect(Object.keys(batch)).toEqual(['images']);
      expect(batch.images?.shape).toEqual([2, 8, 8, 3]);
    }
  });

  it('tells of folders that are missing or empty', async () => {
    const root = pictureFolder([], { 'notes.txt': 'hello', 'val/1.txt': '' });
    await expect(unlabelledFolder(join(root, 'none'))).rejects.toThrow(/There is no folder .*none/);
    await expect(unlabelledFolder(root)).rejects.toThrow(/There are no pictures in/);
    await expect(unlabelledFolder(pictureFolder(['train/1.png', 'val/']))).rejects.toThrow(
      'There are no pictures for validation',
    );
    await expect(
      unlabelledFolder(pictureFolder(['train/1.png', 'val/1.png', 'valid/1.png'])),
    ).rejects.toThrow('has val and valid, which mean the same');
  });
});
