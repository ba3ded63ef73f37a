import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { cifar10, cifar10Description } from './cifar-10.js';
import { cifar100, cifar100Descriptions } from './cifar-100.js';
import { type CifarDescription, cifarDataSet } from './cifar-data-set.js';

const classNames = (count: number) => Array.from({ length: count }, (_, index) => `class ${index}`);

/**
 * A file of black pictures with labels as given, zeros from there on; picture 3 has red 10, green 20 and blue 30, and red 99
 * at its end. Zeros take no space.
 */
function writeRecords(file: string, count: number, labels: readonly (readonly number[])[]) {
  const labelBytes = labels[0]?.length ?? 0;
  const recordLength = labelBytes + 3072;
  const handle = openSync(file, 'w');
  ftruncateSync(handle, count * recordLength);
  labels.forEach((bytes, index) => {
    writeSync(handle, Buffer.from(bytes), 0, labelBytes, index * recordLength);
  });
  const colours = [10, 20, 30].map((value) => Buffer.alloc(1024, value));
  colours[0]?.fill(99, 1023);
  writeSync(handle, Buffer.concat(colours), 0, 3072, 3 * recordLength + labelBytes);
  closeSync(handle);
}

/** A CIFAR with as many pictures in each file, labelled 0, 1, 2 and so on, as a folder. */
function written(description: CifarDescription, picturesPerFile: { train: number; test: number }): string {
  const root = mkdtempSync(join(tmpdir(), 'whereabouts-cifar-'));
  const folder = join(root, description.archiveFolder);
  mkdirSync(folder);
  const { labelBytes } = description.layout;
  for (const part of ['train', 'test'] as const)
    for (const name of description[part].files) {
      const running = Array.from({ length: Math.min(100, picturesPerFile[part]) }, (_, index) =>
        labelBytes === 1 ? [index % 10] : [Math.floor((index % 100) / 5), index % 100],
      );
      writeRecords(join(folder, name), picturesPerFile[part], running);
    }
  const { namesFile, layout } = description;
  writeFileSync(join(folder, namesFile), `${classNames(layout.classes).join('\n')}\n\n`); // as the archive has it
  return root;
}

describe('cifar10', () => {
  it('reads labels, and pixels colour by colour', async () => {
    const root = written(cifar10Description, { train: 10_000, test: 10_000 });
    const { train, validation, test, normalisation, ...set } = await cifar10(root, { validationShare: 0 });
    expect(set.classNames).toEqual(classNames(10));
    expect([train.length, validation.length, test?.length]).toEqual([50_000, 10_000, 10_000]);
    expect(train.classes?.slice(20_008, 20_012)).toEqual(Int32Array.of(8, 9, 0, 1));
    expect(test?.classes?.slice(8, 12)).toEqual(Int32Array.of(8, 9, 0, 1));
    const picture = await train.read(40_003);
    expect([picture.width, picture.height, picture.pixels.length]).toEqual([32, 32, 3072]);
    expect(Array.from(picture.pixels.slice(0, 6))).toEqual([10, 20, 30, 10, 20, 30]);
    expect(Array.from(picture.pixels.slice(-3))).toEqual([99, 20, 30]);
    expect((await train.read(40_004)).pixels.every((byte) => byte === 0)).toBe(true);
    expect(test?.describe(3)).toBe('CIFAR-10, test picture 3');
    expect([validation.name, validation.describe(7)]).toEqual(['validation', 'CIFAR-10, test picture 7']);
    expect(normalisation.mean[0]).toBeCloseTo(0.49, 2);
  });

  it('sets pictures of each class apart by seed', async () => {
    const small = { files: cifar10Description.train.files, picturesPerFile: 20 };
    const description = {
      ...cifar10Description,
      train: small,
      test: { ...cifar10Description.test, picturesPerFile: 10 },
    };
    const root = written(description, { train: 20, test: 10 });
    const set = await cifarDataSet(root, description, { seed: 1, validationShare: 0.3 });
    expect([set.train.length, set.validation.length, set.test?.length]).toEqual([70, 30, 10]);
    for (let label = 0; label < 10; label += 1)
      expect(set.validation.classes?.filter((other) => other === label)).toHaveLength(3);
    const described = ({ validation }: typeof set) =>
      Array.from({ length: validation.length }, (_, index) => validation.describe(index));
    expect(described(await cifarDataSet(root, description, { seed: 1, validationShare: 0.3 }))).toEqual(
      described(set),
    );
    expect(described(await cifarDataSet(root, description, { seed: 2, validationShare: 0.3 }))).not.toEqual(
      described(set),
    );
  });
});

describe('cifar100', () => {
  it('reads fine or coarse labels', async () => {
    const root = written(cifar100Descriptions.fine, { train: 50_000, test: 10_000 });
    writeFileSync(join(root, 'cifar-100-binary/coarse_label_names.txt'), classNames(20).join('\r\n'));
    const fine = await cifar100(root, { validationShare: 0 });
    expect([fine.classNames.length, fine.train.length]).toEqual([100, 50_000]);
    expect(fine.test?.classes?.slice(96, 101)).toEqual(Int32Array.of(96, 97, 98, 99, 0));
    const coarse = await cifar100(root, { labels: 'coarse', validationShare: 0 });
    expect(coarse.classNames).toEqual(classNames(20));
    expect(coarse.test?.classes?.slice(93, 97)).toEqual(Int32Array.of(18, 18, 19, 19));
    expect(Array.from((await coarse.test?.read(3))?.pixels.slice(0, 3) ?? [])).toEqual([10, 20, 30]);
  });
});

describe('the errors of both', () => {
  let folder = '';
  beforeEach(() => {
    folder = join(written(cifar10Description, { train: 10_000, test: 10_000 }), 'cifar-10-batches-bin');
  });

  it('tell of a file that is cut short, by its bytes', async () => {
    const handle = openSync(join(folder, 'data_batch_1.bin'), 'r+');
    ftruncateSync(handle, 20_000_000);
    closeSync(handle);
    await expect(cifar10(folder)).rejects.toThrow(
      /data_batch_1\.bin has 20,000,000 bytes instead of 30,730,000 \(10,000 pictures of 3,073 bytes\): it is cut short/,
    );
  });

  it('tell of files that are missing or damaged', async () => {
    await expect(cifar100(folder)).rejects.toThrow(/give the folder cifar-100-binary/);
    writeRecords(join(folder, 'data_batch_1.bin'), 10_000, [[1], [2], [200]]);
    await expect(cifar10(folder)).rejects.toThrow(/Picture 2 of .*data_batch_1\.bin has the label 200/);
    writeFileSync(join(folder, 'batches.meta.txt'), 'one\ntwo\n');
    await expect(cifar10(folder)).rejects.toThrow('batches.meta.txt has 2 names of classes instead of 10');
  });

  it('tell of options that are none', async () => {
    const misspelt: object = { label: 'fine' };
    await expect(cifar100(folder, misspelt)).rejects.toThrow(/options of cifar100[\s\S]*label/);
  });
});
