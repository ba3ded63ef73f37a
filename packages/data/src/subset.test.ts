import { expect, it } from 'vitest';
import type { Split } from './split.js';
import { subset } from './subset.js';

const split: Split = {
  name: 'train',
  length: 60,
  classes: Int32Array.from({ length: 60 }, (_, index) => index % 3),
  read: async (index) => ({ width: 1, height: 1, pixels: Uint8Array.of(index, 0, 0) }),
  describe: (index) => `file ${index}`,
};
const files = (of: Split) => Array.from({ length: of.length }, (_, index) => of.describe(index));

it('takes as many of each class, with their own pictures', async () => {
  const few = subset(split, { perClass: 4, seed: 1 });
  expect(few.length).toBe(12);
  for (const label of [0, 1, 2]) expect(few.classes?.filter((other) => other === label)).toHaveLength(4);
  for (let index = 0; index < few.length; index += 1) {
    const number = Number(few.describe(index).slice('file '.length));
    expect(number % 3).toBe(few.classes?.[index]);
    expect((await few.read(index)).pixels[0]).toBe(number);
  }
  expect([few.file, few.learn]).toEqual([undefined, undefined]);
});

it('draws by seed, and a larger draw holds a smaller one', () => {
  const few = files(subset(split, { perClass: 4, seed: 1 }));
  expect(files(subset(split, { perClass: 4, seed: 1 }))).toEqual(few);
  expect(files(subset(split, { perClass: 4, seed: 2 }))).not.toEqual(few);
  expect(files(subset(split, { perClass: 9, seed: 1 }))).toEqual(expect.arrayContaining(few));
});

it('hands on files, and what was found in them', () => {
  const learned: string[] = [];
  const filed: Split = {
    ...split,
    file: (index) => ({ path: `file ${index}` }),
    learn: (index, { facts }) => learned.push(`file ${index}, ${facts.width} wide`),
  };
  const few = subset(filed, { perClass: 2, seed: 1 });
  expect(few.file?.(5)?.path).toBe(few.describe(5));
  few.learn?.(5, { facts: { width: 7, height: 1, format: 'png', plain: true } });
  expect(learned).toEqual([`${few.describe(5)}, 7 wide`]);
});

it('says which class has too few', () => {
  expect(() => subset(split, { perClass: 21, seed: 0 })).toThrow(
    'Class 0 of the train split has 20 examples, fewer than the 21 per class asked for.',
  );
  expect(() => subset(split, { perClass: 0, seed: 0 })).toThrow('perClass is a whole number');
  const { classes: _, ...unlabelled } = split;
  expect(() => subset(unlabelled, { perClass: 1, seed: 0 })).toThrow('The train split has no labels');
});
