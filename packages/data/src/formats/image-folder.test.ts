import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  filesOf as files,
  pictureFolder as folder,
  jpeg,
  numbered,
  png,
} from '../../testing/picture-folders.js';
import { batches } from '../batches.js';
import { imageFolder } from './image-folder.js';

describe('imageFolder with splits', () => {
  it('reads train, validation and test; classes sorted, hidden files passed over, the rest told', async () => {
    const root = folder(
      [
        ...[
          'train/dog/b.JPG',
          'train/dog/a.jpeg',
          'train/dog/.hidden.png',
          'train/cat/1.png',
          'train/cat/deep/2.PNG',
        ],
        ...[
          'validation/dog/x.png',
          'test/cat/y.png',
          'test/cat/z.png',
          'train/.cache/9.png',
          'train/loose.png',
        ],
      ],
      { 'train/cat/notes.txt': 'hello', 'train/cat/old.gif': 'GIF', 'read.me': 'hello' },
    );
    const set = await imageFolder(root);
    expect(set.classNames).toEqual(['cat', 'dog']);
    expect(files(set.train, root)).toEqual([
      'train/cat/1.png',
      'train/cat/deep/2.PNG',
      'train/dog/a.jpeg',
      'train/dog/b.JPG',
    ]);
    expect(set.train.classes).toEqual(Int32Array.of(0, 0, 1, 1));
    expect([set.train.name, set.validation.name, set.test?.name]).toEqual(['train', 'validation', 'test']);
    expect(set.validation.classes).toEqual(Int32Array.of(1));
    expect(set.test?.classes).toEqual(Int32Array.of(0, 0));
    expect(set.ignored?.map((path) => path.slice(root.length + 1))).toEqual([
      'train/loose.png',
      'train/cat/notes.txt',
      'train/cat/old.gif',
      'read.me',
    ]);
    const picture = await set.train.read(3);
    expect([picture.width, picture.height, picture.pixels[0]]).toEqual([40, 30, 90]);
    expect(set.normalisation.mean).toEqual([0.485, 0.456, 0.406]);
  });

  it('knows the size of each picture of each split', async () => {
    const sized = async (width: number, height: number) => {
      const pixels = Uint8Array.from({ length: width * height * 3 }, (_, index) => (index * 7) % 256);
      return sharp(pixels, { raw: { width, height, channels: 3 } })
        .png()
        .toBuffer();
    };
    const root = folder([], {
      'train/a/1.png': await sized(40, 30),
      'train/b/1.png': await sized(300, 200),
      'validation/a/1.png': await sized(200, 150),
      'validation/b/1.png': await sized(140, 160),
      'test/b/1.png': await sized(260, 170),
    });
    const images = async (verify: boolean) => {
      const set = await imageFolder(root, { verify });
      const all = [];
      for (const split of [set.train, set.validation, set.test ?? set.train])
        for await (const batch of batches(split, {
          workers: 0,
          batchSize: 1,
          imageSize: 24,
          normalisation: set.normalisation,
        }).epoch(0))
          all.push(batch.images);
      return all;
    };
    const verified = await images(true);
    expect(verified).toHaveLength(5);
    expect(verified).toEqual(await images(false));
  });

  it('takes val and valid, follows links, and makes a validation set of train where there is none', async () => {
    for (const name of ['val', 'valid']) {
      const set = await imageFolder(
        folder([...numbered('train/a', 2), ...numbered('train/b', 2), `${name}/a/1.png`]),
      );
      expect(set.validation.length).toBe(1);
      expect(set.train.length).toBe(4);
    }
    const elsewhere = folder([...numbered('cats', 3), ...numbered('b', 3)]);
    const root = folder(['test/b/1.png']);
    mkdirSync(join(root, 'train/b'), { recursive: true });
    symlinkSync(join(elsewhere, 'cats'), join(root, 'train/a'));
    for (const name of ['0.png', '1.png'])
      symlinkSync(join(elsewhere, 'b', name), join(root, 'train/b', name));
    const set = await imageFolder(root);
    expect([set.train.length, set.validation.length, set.test?.length]).toEqual([3, 2, 1]);
  });
});

describe('imageFolder without splits', () => {
  it('sets a share of each class apart, by name and seed', async () => {
    const names = [...numbered('a', 30), ...numbered('b', 10)];
    const root = folder(names);
    const set = await imageFolder(root, { seed: 5, validationShare: 0.2 });
    const validation = files(set.validation, root);
    expect(validation.filter((name) => name.startsWith('a/'))).toHaveLength(6);
    expect(validation.filter((name) => name.startsWith('b/'))).toHaveLength(2);
    expect([...files(set.train, root), ...validation].sort()).toEqual([...names].sort());
    const sameElsewhere = folder([...names].reverse());
    const again = await imageFolder(sameElsewhere, { seed: 5, validationShare: 0.2 });
    expect(files(again.validation, sameElsewhere)).toEqual(validation);
    const other = await imageFolder(root, { seed: 6, validationShare: 0.2 });
    expect(files(other.validation, root)).not.toEqual(validation);
    expect(set.test).toBeUndefined();
  });
});

describe('imageFolder and its errors', () => {
  it('tells of a folder that is missing, a file, empty or without class folders', async () => {
    await expect(imageFolder(join(folder([]), 'none'))).rejects.toThrow(
      /There is no folder .*none\.[\s\S]*train\/<class>/,
    );
    const root = folder(['picture.png']);
    await expect(imageFolder(join(root, 'picture.png'))).rejects.toThrow(
      'is a file, not a folder of pictures',
    );
    await expect(imageFolder(folder([]))).rejects.toThrow(/It is empty\.\nExpected one folder per class/);
    await expect(imageFolder(root)).rejects.toThrow(
      /No pictures in class folders in .* It holds 1 other files, such as .*picture\.png/,
    );
  });

  it('tells of one class, and of classes without pictures', async () => {
    await expect(imageFolder(folder(numbered('cat', 3)))).rejects.toThrow('holds one class only, cat;');
    const some = folder([...numbered('a', 3), ...numbered('b', 3), 'c/'], { 'd/picture.bmp': 'BM' });
    await expect(imageFolder(some)).rejects.toThrow(
      /No pictures in these class folders of .*: c, d\. Put pictures/,
    );
    const single = folder(['a/1.png', 'b/1.png']);
    await expect(imageFolder(single)).rejects.toThrow(
      'has one picture only, so none can be set apart for validation',
    );
  });

  it('tells of splits that do not fit together', async () => {
    const both = [...numbered('train/a', 2), ...numbered('train/b', 2)];
    await expect(imageFolder(folder([...both, 'validation/c/1.png']))).rejects.toThrow(
      /validation has classes that .*train doesn't: c\. Known are a, b\./,
    );
    await expect(imageFolder(folder([...both, 'val/a/1.png', 'valid/a/1.png']))).rejects.toThrow(
      'val and valid, which mean the same',
    );
    await expect(imageFolder(folder([...both, 'test/a/']))).rejects.toThrow(/test holds no pictures/);
    await expect(imageFolder(folder(['validation/a/1.png']))).rejects.toThrow(
      'has validation, but no train folder with class folders',
    );
    await expect(imageFolder(folder(['train/1.png', 'test/1.png']))).rejects.toThrow(
      'has test and train, but no train folder',
    );
  });

  it('lists every picture that cannot be read before anything starts', async () => {
    const root = folder([...numbered('a', 4), ...numbered('b', 4)], {
      'a/text.jpg': 'This is a text.',
      'b/empty.png': '',
      'b/short.jpg': jpeg.subarray(0, jpeg.length - 60),
      'b/short.png': png.subarray(0, png.length - 20),
    });
    symlinkSync(join(root, 'gone.jpg'), join(root, 'b', 'gone.jpg'));
    const error = await imageFolder(root).catch((reason: Error) => reason);
    const message = error instanceof Error ? error.message : 'no error';
    expect(message).toContain("5 of 13 pictures can't be read:");
    for (const name of ['a/text.jpg', 'b/short.jpg', 'b/short.png'])
      expect(message).toContain(`${join(root, name)} can't be read as a picture: `);
    expect(message).toContain(`${join(root, 'b/empty.png')} can't be read as a picture: it is empty`);
    expect(message).toContain('gone.jpg');
    expect(message).toContain('Replace or delete these files');
  });

  it('leaves pictures that cannot be read out up to a limit, and lists them with the reason', async () => {
    const root = folder([...numbered('train/a', 4), ...numbered('train/b', 4), 'validation/a/1.png'], {
      'train/a/text.jpg': 'This is a text.',
      'train/b/short.jpg': jpeg.subarray(0, jpeg.length - 60),
      'train/b/notes.txt': 'hello',
    });
    const set = await imageFolder(root, { unreadable: { limit: 2 } });
    expect(files(set.train, root)).toEqual([...numbered('train/a', 4), ...numbered('train/b', 4)]);
    expect(set.train.classes).toEqual(Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1));
    expect(set.ignored?.map((line) => line.slice(root.length + 1).replace(/: .*/, ''))).toEqual([
      'train/b/notes.txt',
      "train/a/text.jpg can't be read as a picture",
      "train/b/short.jpg can't be read as a picture",
    ]);
    await expect(imageFolder(root, { unreadable: { limit: 1 } })).rejects.toThrow(
      /2 of 11 pictures can't be read:[\s\S]*leave them out with unreadable: \{ limit: 2 \}/,
    );
  });

  it('counts a picture above the pixel limit as unreadable', async () => {
    const root = folder([...numbered('a', 3), ...numbered('b', 3)]);
    await expect(imageFolder(root, { pixelLimit: 1199 })).rejects.toThrow(
      /6 of 6 pictures can't be read:[\s\S]*it has 40 x 30 pixels, more than the 1199/,
    );
    const set = await imageFolder(root, { pixelLimit: 1199, verify: false });
    await expect(set.train.read(0)).rejects.toThrow('0.png');
  });

  it('names the file when it is read, where nothing was verified', async () => {
    const root = folder([...numbered('a', 3), ...numbered('b', 3)], { 'a/text.jpg': 'This is a text.' });
    const set = await imageFolder(root, { verify: false });
    const { train, normalisation } = set;
    const consume = async () => {
      for await (const _ of batches(train, { batchSize: 2, imageSize: 8, normalisation, workers: 0 }).epoch(
        0,
      ));
      for await (const _ of batches(set.validation, {
        batchSize: 2,
        imageSize: 8,
        normalisation,
        workers: 0,
      }).epoch(0));
    };
    await expect(consume()).rejects.toThrow(`${join(root, 'a/text.jpg')} can't be read as a picture`);
  });

  it('takes a whole file with bytes after its end', async () => {
    const root = folder([...numbered('a', 3), ...numbered('b', 3)], {
      'a/more.jpg': Buffer.concat([jpeg, Buffer.from('made by a camera')]),
    });
    expect((await imageFolder(root)).classNames).toEqual(['a', 'b']);
  });

  it('tells of options out of range', async () => {
    const root = folder([...numbered('a', 3), ...numbered('b', 3)]);
    await expect(imageFolder(root, { validationShare: 1 })).rejects.toThrow('validationShare');
    const misspelt: object = { share: 0.1 };
    await expect(imageFolder(root, misspelt)).rejects.toThrow(/options of imageFolder[\s\S]*share/);
  });
});
