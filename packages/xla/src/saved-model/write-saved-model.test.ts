import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { exampleModel } from '../../testing/example-model.js';
import { encodeSavedModel } from './encode-saved-model.js';
import { writeSavedModel } from './write-saved-model.js';

let parent: string;
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'xla-'));
});
afterEach(() => rm(parent, { recursive: true }));

it('makes the folder, and one file in it', async () => {
  const folder = join(parent, 'models', '1');
  await writeSavedModel(folder, exampleModel);
  expect(await readdir(folder)).toEqual(['saved_model.pb']);
  const bytes = await readFile(join(folder, 'saved_model.pb'));
  expect(bytes.equals(encodeSavedModel(exampleModel))).toBe(true);
});

it('writes into a folder with other things, but not over a model', async () => {
  await writeFile(join(parent, 'README.md'), 'mine');
  await writeSavedModel(parent, exampleModel);
  await expect(writeSavedModel(parent, { ...exampleModel, signatures: {} })).rejects.toThrow(
    `${parent} holds a SavedModel already`,
  );
  expect(await readdir(parent)).toEqual(['README.md', 'saved_model.pb']);
  const bytes = await readFile(join(parent, 'saved_model.pb'));
  expect(bytes.equals(encodeSavedModel(exampleModel))).toBe(true);
});

it('leaves nothing behind where a folder has the name', async () => {
  await mkdir(join(parent, 'saved_model.pb'));
  await expect(writeSavedModel(parent, exampleModel)).rejects.toThrow(parent);
  expect(await readdir(parent)).toEqual(['saved_model.pb']);
});

it('names the path where a file stands in the way', async () => {
  const file = join(parent, 'file');
  await writeFile(file, 'mine');
  await expect(writeSavedModel(join(file, 'model'), exampleModel)).rejects.toThrow(file);
  expect(await readFile(file, 'utf8')).toBe('mine');
});
