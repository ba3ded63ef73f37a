import { readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { installNative } from './install-native.js';
import { nativeSources } from './native-sources.js';

let cache: string;
beforeEach(() => {
  cache = temporaryFolder();
  vi.stubEnv('WHEREABOUTS_CACHE', cache);
  vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:1/simple');
  vi.stubEnv('CXX', 'no-such-compiler');
});
afterEach(() => vi.unstubAllEnvs());

describe('on a machine without a compiler', () => {
  test('the native engine is refused with the reason', async () => {
    await expect(installNative({ force: true })).rejects.toThrow(
      /^This machine cannot have the native engine: .+\.$/,
    );
    expect(readdirSync(cache)).toEqual([]);
  });

  test('it is left out when it was wanted only if possible', async () => {
    const log: string[] = [];
    expect(await installNative({ force: true, ifPossible: true, log: (line) => log.push(line) })).toEqual({
      available: false,
      reason: expect.stringMatching(/no-such-compiler|linux-x64|GNU C library/),
    });
    expect(log).toEqual([]);
  });

  test('the sources say so, in their order, each with a reason', async () => {
    const sources = await nativeSources();
    expect(sources.map(({ source }) => source)).toEqual(['installed', 'cache', 'installer', 'pip', 'index']);
    expect(sources.filter(({ detail }) => detail === '')).toEqual([]);
    const byName = Object.fromEntries(sources.map(({ source, available }) => [source, available]));
    expect(byName).toMatchObject({ cache: false, installer: false, pip: false, index: false });
  });
});
