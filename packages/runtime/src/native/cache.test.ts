import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { beginEntry, commitEntry, discardEntry, lookUp, lookUpThoroughly } from './cache.js';
import { writeManifest } from './manifest.js';

const facts = { tensorflow: '2.21.0', wheel: 'ab', addon: '4.22.0', compiler: 'c++', built: '2026-01-01' };

async function entry(text = 'a library'): Promise<string> {
  const directory = join(temporaryFolder(), 'native', 'engine');
  await write(directory, text);
  return directory;
}

async function write(directory: string, text: string): Promise<void> {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'library'), text);
  await writeManifest(directory, facts, ['library']);
}

describe('an engine in the cache', () => {
  test('is whole when all its files are as written', async () => {
    const directory = await entry();
    expect(await lookUpThoroughly(directory)).toMatchObject({ state: 'whole', manifest: facts });
  });

  test('is missing when there is none', () => {
    expect(lookUp(join(temporaryFolder(), 'engine'))).toEqual({ state: 'missing' });
  });

  test('is broken without a manifest', async () => {
    const directory = await entry();
    rmSync(join(directory, 'manifest.json'));
    expect(lookUp(directory)).toMatchObject({ state: 'broken', reason: expect.stringContaining('ENOENT') });
  });

  test.each(['', '{', '[]', 'null', '{"files": {}}', '{"files": {"library": {"size": 9}}}'])(
    'is broken with the manifest %j',
    async (text) => {
      const directory = await entry();
      writeFileSync(join(directory, 'manifest.json'), text);
      expect(lookUp(directory).state).toBe('broken');
    },
  );

  test('is broken when a file is missing', async () => {
    const directory = await entry();
    rmSync(join(directory, 'library'));
    expect(lookUp(directory)).toEqual({ state: 'broken', reason: 'library is missing' });
  });

  test('is broken when a file was cut off', async () => {
    const directory = await entry();
    writeFileSync(join(directory, 'library'), 'a lib');
    expect(lookUp(directory)).toEqual({ state: 'broken', reason: 'library has 5 bytes instead of 9' });
  });

  test('is broken when one byte changed, which only the thorough look sees', async () => {
    const directory = await entry();
    writeFileSync(join(directory, 'library'), 'a librarY');
    expect(lookUp(directory).state).toBe('whole');
    expect(await lookUpThoroughly(directory)).toEqual({
      state: 'broken',
      reason: 'library is not what was written (SHA-256)',
    });
  });
});

describe('committing', () => {
  async function built(directory: string, text: string): Promise<string> {
    const folder = beginEntry(directory);
    await write(folder, text);
    return folder;
  }
  const content = (directory: string) => readFileSync(join(directory, 'library'), 'utf8');

  test('puts a finished folder in place', async () => {
    const directory = join(temporaryFolder(), 'native', 'engine');
    commitEntry(await built(directory, 'new'), directory, false);
    expect(content(directory)).toBe('new');
    expect(readdirSync(dirname(directory))).toEqual(['engine']);
  });

  test('keeps a whole engine, unless it is to be replaced', async () => {
    const directory = await entry('old');
    commitEntry(await built(directory, 'new'), directory, false);
    expect(content(directory)).toBe('old');
    commitEntry(await built(directory, 'new'), directory, true);
    expect(content(directory)).toBe('new');
  });

  test('replaces a broken engine', async () => {
    const directory = await entry('old');
    rmSync(join(directory, 'manifest.json'));
    commitEntry(await built(directory, 'new'), directory, false);
    expect(content(directory)).toBe('new');
  });
});

test('discarding takes an engine away, and does not mind when it is gone', async () => {
  const directory = await entry();
  discardEntry(directory);
  discardEntry(directory);
  expect(readdirSync(dirname(directory))).toEqual([]);
});

test('leftovers of builds that died a day ago go, those of builds under way stay', () => {
  const directory = join(temporaryFolder(), 'native', 'engine');
  const [dead, alive] = [beginEntry(directory), beginEntry(directory)];
  const twoDaysAgo = Date.now() / 1000 - 2 * 24 * 3600;
  utimesSync(dead, twoDaysAgo, twoDaysAgo);
  const fresh = beginEntry(directory);
  expect([dead, alive, fresh].map((folder) => existsSync(folder))).toEqual([false, true, true]);
});
