import {
  chmodSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fakeEngine } from '../../testing/fake-engine.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { addonPath } from './engine.js';
import { isLinked, linkEngine } from './link-engine.js';

function prepared() {
  const folder = temporaryFolder();
  const { addon } = fakeEngine(folder, Buffer.from(''));
  const cached = (name: string): string => {
    const directory = join(folder, name);
    mkdirSync(join(directory, 'lib', 'napi-v8'), { recursive: true });
    writeFileSync(addonPath(directory, 8), name);
    return directory;
  };
  return { folder, addon, cached };
}

describe('linking an engine', () => {
  test('puts the addon where tfjs-node-gpu looks for it', () => {
    const { addon, cached } = prepared();
    expect(isLinked(addon, 8)).toBe(false);
    linkEngine(cached('first'), addon);
    expect(isLinked(addon, 8)).toBe(true);
    expect(readFileSync(addonPath(addon.directory, 8), 'utf8')).toBe('first');
    expect(readdirSync(addon.directory).sort()).toEqual(['lib', 'package.json']);
  });

  test('renews a link to another engine, or to one that is gone', () => {
    const { folder, addon, cached } = prepared();
    linkEngine(join(folder, 'gone'), addon);
    expect(isLinked(addon, 8)).toBe(false);
    linkEngine(cached('first'), addon);
    linkEngine(cached('second'), addon);
    linkEngine(cached('second'), addon);
    expect(readlinkSync(join(addon.directory, 'lib'))).toBe(join(folder, 'second', 'lib'));
  });

  test('leaves files that are shared with other projects as they were', () => {
    const { folder, addon, cached } = prepared();
    const store = join(folder, 'store.json');
    linkSync(join(addon.directory, 'package.json'), store);
    const before = readFileSync(store, 'utf8');
    linkEngine(cached('first'), addon);
    expect(readFileSync(store, 'utf8')).toBe(before);
  });

  test('refuses to touch a folder that someone else put there', () => {
    const { addon, cached } = prepared();
    mkdirSync(join(addon.directory, 'lib'));
    expect(() => linkEngine(cached('first'), addon)).toThrow(
      /lib is a folder that whereabouts did not make, and no working engine is in it; delete it/,
    );
  });

  test.skipIf(process.getuid?.() === 0)(
    'says when the folder cannot be written (not as root: it can write everywhere)',
    () => {
      const { addon, cached } = prepared();
      chmodSync(addon.directory, 0o555);
      expect(() => linkEngine(cached('first'), addon)).toThrow(
        /could not be linked .* make that folder writable/,
      );
      chmodSync(addon.directory, 0o755);
    },
  );
});
