import { describe, expect, it } from 'vitest';
import { filesOf, pictureFolder } from '../../testing/picture-folders.js';
import { caltech256 } from './caltech-256.js';

const pictures = (folder: string, count: number) => {
  const number = folder.slice(0, 3);
  return Array.from(
    { length: count },
    (_, index) => `256_ObjectCategories/${folder}/${number}_${String(index + 1).padStart(4, '0')}.jpg`,
  );
};
const set = () =>
  pictureFolder(
    [
      ...pictures('001.ak47', 9),
      ...pictures('002.american-flag', 14),
      ...pictures('056.dog', 10),
      ...pictures('257.clutter', 12),
      '256_ObjectCategories/056.dog/greg/056_0001.jpg',
    ],
    { '256_ObjectCategories/001.ak47/RENAME2': '' },
  );

describe('caltech256', () => {
  it('learns from as many of each class, and tests on the others', async () => {
    const root = set();
    const found = await caltech256(root, { trainPerClass: 6, validationShare: 0.5 });
    expect(found.classNames).toEqual(['ak47', 'american-flag', 'dog']);
    const counts = (split = found.train) =>
      [0, 1, 2].map((label) => split.classes?.filter((other) => other === label).length);
    expect([counts(found.train), counts(found.validation), counts(found.test)]).toEqual([
      [3, 3, 3],
      [3, 3, 3],
      [3, 8, 4],
    ]);
    const everything = [found.train, found.validation, found.test ?? found.train].flatMap((split) =>
      filesOf(split, root),
    );
    expect(new Set(everything).size).toBe(33);
    expect(found.ignored?.map((path) => path.slice(`${root}/256_ObjectCategories/`.length))).toEqual([
      '257.clutter',
      '001.ak47/RENAME2',
      '056.dog/greg',
    ]);
  });

  it('draws the test by name and validation by seed; without validation all are learned from', async () => {
    const root = set();
    const [one, other, all] = await Promise.all([
      caltech256(root, { trainPerClass: 6, seed: 1 }),
      caltech256(root, { trainPerClass: 6, seed: 2 }),
      caltech256(`${root}/256_ObjectCategories`, { trainPerClass: 6, validationShare: 0 }),
    ]);
    const tested = ({ test }: typeof one) => test && filesOf(test, root);
    expect(tested(one)).toEqual(tested(other));
    expect(tested(all)).toEqual(tested(one));
    expect(filesOf(one.validation, root)).not.toEqual(filesOf(other.validation, root));
    expect([all.train.length, all.validation.length]).toEqual([18, 15]);
  });

  it('takes clutter as a class where asked', async () => {
    const { classNames, train } = await caltech256(set(), { trainPerClass: 6, clutter: true });
    expect(classNames.at(-1)).toBe('clutter');
    expect(train.length).toBe(20); // 5 of each after one for validation
  });

  it('tells of a class that is too small, and of other folders', async () => {
    await expect(caltech256(set())).rejects.toThrow(
      /001\.ak47 holds 9 pictures, so none is left for the test beside 60/,
    );
    await expect(caltech256(pictureFolder(['a/1.png', 'b/1.png']))).rejects.toThrow(
      /doesn't hold Caltech-256\. Expected folders such as 001\.ak47/,
    );
  });
});
