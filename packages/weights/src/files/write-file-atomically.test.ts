import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stageFile } from './staged-file.js';
import { writeFileAtomically } from './write-file-atomically.js';
import { writeFully } from './write-fully.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'weights-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a file is written, and written over, and nothing else is left', async () => {
  const path = join(folder, 'state.json');
  await writeFileAtomically(path, 'é');
  expect(await readFile(path, 'utf8')).toBe('é');
  await writeFileAtomically(path, Uint8Array.of(1, 2));
  expect([...(await readFile(path))]).toEqual([1, 2]);
  await writeFileAtomically(path, '');
  expect(await readFile(path, 'utf8')).toBe('');
  expect(await readdir(folder)).toEqual(['state.json']);
});

test('until it is whole, the old file is there; a reader that has it open keeps it', async () => {
  const path = join(folder, 'state.json');
  await writeFile(path, 'old');
  const staged = await stageFile(path, async (file) => {
    await writeFully(file, [Buffer.from('new')]);
    expect(await readFile(path, 'utf8')).toBe('old');
  });
  expect(await readFile(path, 'utf8')).toBe('old');
  await staged.commit();
  expect(await readFile(path, 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['state.json']);
});

test('a write that fails half-way leaves the old file intact and nothing behind', async () => {
  const path = join(folder, 'state.json');
  await writeFile(path, 'old');
  const failing = stageFile(path, (file) =>
    writeFully(
      file,
      (function* () {
        yield Buffer.from('half of the new');
        throw new Error('the disk is full');
      })(),
    ),
  );
  await expect(failing).rejects.toThrow(
    `${path} could not be written, and what was there before is untouched: the disk is full`,
  );
  expect(await readFile(path, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['state.json']);
});

test('a full disk is such a failure', async (context) => {
  const exists = await stat('/dev/full').catch(() => undefined);
  if (exists === undefined) return context.skip('this system has no /dev/full');
  const old = join(folder, 'old');
  await writeFile(old, 'old');
  const failing = stageFile(old, async () => writeFileTo('/dev/full'));
  await expect(failing).rejects.toThrow(/untouched: ENOSPC/);
  expect(await readFile(old, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['old']);
});

async function writeFileTo(path: string): Promise<void> {
  await writeFile(path, 'contents');
}

test('a name that is taken by a folder is refused, and nothing is left behind', async () => {
  const path = join(folder, 'taken');
  await mkdir(join(path, 'inner'), { recursive: true });
  await expect(writeFileAtomically(path, 'new')).rejects.toThrow(`${path} could not be written`);
  expect(await readdir(folder)).toEqual(['taken']);
  expect(await readdir(path)).toEqual(['inner']);
});

test('a folder that is not there is named', async () => {
  const missing = join(folder, 'run');
  await expect(writeFileAtomically(join(missing, 'state.json'), '')).rejects.toThrow(
    `there is no folder ${missing}; create it first`,
  );
});

test('a link stays a link, and leads to the new contents', async () => {
  await mkdir(join(folder, 'elsewhere'));
  await writeFile(join(folder, 'elsewhere', 'real'), 'old');
  await symlink(join('elsewhere', 'real'), join(folder, 'last'));
  await writeFileAtomically(join(folder, 'last'), 'new');
  expect((await lstat(join(folder, 'last'))).isSymbolicLink()).toBe(true);
  expect(await readFile(join(folder, 'elsewhere', 'real'), 'utf8')).toBe('new');
});

test('the permissions of the old file are kept', async () => {
  const path = join(folder, 'private');
  await writeFile(path, 'old');
  await chmod(path, 0o600);
  await writeFileAtomically(path, 'new');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('many writers at once leave one of their contents, whole', async () => {
  const path = join(folder, 'state');
  const contents = Array.from({ length: 20 }, (_, index) => String(index).repeat(10_000));
  await Promise.all(contents.map((text) => writeFileAtomically(path, text)));
  expect(contents).toContain(await readFile(path, 'utf8'));
  expect(await readdir(folder)).toEqual(['state']);
});
