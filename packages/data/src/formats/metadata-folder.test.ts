import { describe, expect, it } from 'vitest';
import { filesOf, numbered, pictureFolder } from '../../testing/picture-folders.js';
import { metadataFolder } from './metadata-folder.js';

const lines = (names: readonly string[], labelOf: (index: number) => string) =>
  `file_name,label\n${names.map((name, index) => `${name},${labelOf(index)}\n`).join('')}`;
const parity = (index: number) => (index % 2 === 0 ? 'even' : 'odd');

describe('metadataFolder', () => {
  it('reads one table for everything, and sets pictures apart', async () => {
    const names = numbered('deep', 10);
    const root = pictureFolder([...names, 'deep/unlisted.png'], {
      'metadata.csv': lines(names, parity),
      'notes.txt': 'hello',
    });
    const { classNames, train, validation, ignored } = await metadataFolder(root, { validationShare: 0.2 });
    expect(classNames).toEqual(['even', 'odd']);
    expect([train.length, validation.length]).toEqual([8, 2]);
    expect(train.describe(0)).toContain('deep');
    const numbers = filesOf(train, root).map((name) => Number(/\d+/.exec(name)?.[0]));
    expect(Array.from(train.classes ?? [])).toEqual(numbers.map((number) => number % 2));
    expect(ignored?.map((path) => path.slice(root.length + 1))).toEqual(['deep/unlisted.png', 'notes.txt']);
  });

  it('reads a table in each part, as CSV or as JSON lines', async () => {
    const root = pictureFolder([...numbered('train', 3), ...numbered('val', 2), 'test/9.png'], {
      'train/metadata.jsonl':
        '{"file_name": "0.png", "label": 7}\n\n{"file_name": "1.png", "label": 10, "text": "a, b"}\n{"file_name": "2.png", "label": 7}\n',
      'val/metadata.csv': 'label,text,file_name\r\n10,"a, ""b""\r\nc",0.png\r\n7,,1.png\r\n',
      'test/metadata.jsonl': '{"file_name": "9.png", "label": 10}',
    });
    const { classNames, train, validation, test, ignored } = await metadataFolder(root);
    expect(classNames).toEqual(['7', '10']); // as numbers
    expect(train.classes).toEqual(Int32Array.of(0, 1, 0));
    expect(validation.classes).toEqual(Int32Array.of(1, 0));
    expect(test && filesOf(test, root)).toEqual(['test/9.png']);
    expect(ignored).toEqual([]);
  });

  it('tells the parts by the folders that one table names', async () => {
    const names = [...numbered('train', 4), ...numbered('validation', 2), ...numbered('test', 2)];
    const root = pictureFolder(names, { 'metadata.csv': lines(names, parity) });
    const { train, validation, test } = await metadataFolder(root);
    expect([train.length, validation.length, test?.length]).toEqual([4, 2, 2]);
    expect(filesOf(validation, root)).toEqual(numbered('validation', 2));
  });

  it('takes another column, and does without labels', async () => {
    const names = numbered('a', 4);
    const table = 'file_name,kind\na/0.png,x\na/1.png,y\na/2.png,x\na/3.png,y\n';
    const root = pictureFolder(names, { 'metadata.csv': table });
    expect((await metadataFolder(root, { labelColumn: 'kind' })).classNames).toEqual(['x', 'y']);
    const unlabelled = await metadataFolder(root);
    expect([unlabelled.classNames, unlabelled.train.classes]).toEqual([[], undefined]);
    expect([unlabelled.train.length, unlabelled.validation.length]).toEqual([3, 1]);
  });

  it('tells which line is wrong', async () => {
    const broken = (contents: Readonly<Record<string, string>>) =>
      metadataFolder(pictureFolder(numbered('train', 3), contents));
    await expect(broken({})).rejects.toThrow('has no metadata.csv or metadata.jsonl');
    await expect(broken({ 'metadata.csv': 'a,b\n1,2\n' })).rejects.toThrow('has no column file_name');
    await expect(
      broken({ 'metadata.csv': 'file_name,label\ntrain/0.png,a\n', 'metadata.jsonl': '' }),
    ).rejects.toThrow('has metadata.csv and metadata.jsonl. Keep one of them');
    await expect(
      broken({ 'metadata.csv': 'file_name,label\ntrain/0.png,a\ntrain/1.png,\n' }),
    ).rejects.toThrow(/There is no label on line 3 of .*metadata\.csv, though other lines have one/);
    await expect(broken({ 'metadata.jsonl': '{"file_name": "a.png"}\n[1]\n' })).rejects.toThrow(
      /Line 2 of .*metadata\.jsonl isn't a JSON object: \[1\]/,
    );
    await expect(broken({ 'metadata.jsonl': '{"label": "a"}\n' })).rejects.toThrow(
      'There is no file_name on line 1',
    );
    await expect(
      broken({ 'metadata.csv': 'file_name,label\ntrain/0.png,a\n./train/0.png,b\n' }),
    ).rejects.toThrow('train/0.png stands on line 2 and again on line 3');
    await expect(broken({ 'metadata.csv': 'file_name\ntrain/../../0.png\n' })).rejects.toThrow(
      /The file_name \.\.\/0\.png on line 2 .* leads out of/,
    );
    await expect(
      broken({
        'train/metadata.csv': 'file_name,label\n0.png,a\n',
        'test/metadata.csv': 'file_name,label\n0.png,b\n',
      }),
    ).rejects.toThrow(
      /The label b on line 2 of .*test.metadata\.csv is none that training pictures have: a\./,
    );
    await expect(
      broken({ 'metadata.csv': 'file_name,label\ntrain/0.png,a\ntrain/1.png,a\ntrain/gone.png,a\n' }),
    ).rejects.toThrow(/1 of 3 pictures can't be read:[\s\S]*gone\.png/);
  });
});
