import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fakeEngine, fakeWheel, serveIndex, useFakeCompiler } from '../../testing/fake-engine.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { type Build, buildEngine, loadFailure } from './build-engine.js';
import { lookUp, lookUpThoroughly } from './cache.js';
import { addonPath, type Engine } from './engine.js';

afterEach(() => vi.unstubAllEnvs());

async function prepared(): Promise<{
  folder: string;
  engine: Engine;
  wheel: Buffer;
  log: string[];
  build: Build;
}> {
  const folder = temporaryFolder();
  const wheel = fakeWheel();
  const engine = fakeEngine(folder, wheel);
  const log: string[] = [];
  const build: Build = {
    sources: ['index'],
    replace: false,
    log: (line) => log.push(line),
    loadFailure: async () => undefined,
  };
  useFakeCompiler(folder);
  await serveIndex(engine, wheel);
  return { folder, engine, wheel, log, build };
}

function inCache(engine: Engine): string[] {
  const place = dirname(engine.directory);
  return existsSync(place) ? readdirSync(place) : [];
}

describe('an engine that can be built', () => {
  test('lies whole in the cache, with nothing else', async () => {
    const { engine, log, build } = await prepared();
    expect(await buildEngine(engine, build)).toEqual({ source: 'index' });
    expect(inCache(engine)).toEqual(['engine']);
    expect(readdirSync(engine.directory, { recursive: true }).sort()).toEqual([
      'deps',
      'deps/lib',
      'deps/lib/libtensorflow_cc.so.2',
      'deps/lib/libtensorflow_framework.so.2',
      'lib',
      'lib/napi-v8',
      'lib/napi-v8/tfjs_binding.node',
      'manifest.json',
    ]);
    expect((await lookUpThoroughly(engine.directory)).state).toBe('whole');
    expect(log.map((line) => line.split(' ')[0])).toEqual([
      'downloading',
      'downloaded',
      'unpacked',
      'compiled',
      'kept',
    ]);
  });

  test('is compiled against headers and libraries of the wheel, and finds them from its own place', async () => {
    const { engine, build } = await prepared();
    await buildEngine(engine, build);
    const call = readFileSync(addonPath(engine.directory, 8), 'utf8');
    expect(call).toContain('-DNAPI_VERSION=8');
    expect(call).toContain('-Wl,-rpath,$ORIGIN/../../deps/lib');
    expect(call).toContain(`${engine.addon.directory}/binding/tfjs_backend.cc`);
    expect(call).toMatch(/-I \S*node-api-headers\S*include/);
  });

  test('leaves a whole engine that another process put there meanwhile', async () => {
    const { engine, build } = await prepared();
    await Promise.all([buildEngine(engine, build), buildEngine(engine, build), buildEngine(engine, build)]);
    expect(inCache(engine)).toEqual(['engine']);
    expect((await lookUpThoroughly(engine.directory)).state).toBe('whole');
  });

  test('takes the place of a half-finished one', async () => {
    const { engine, build } = await prepared();
    mkdirSync(join(engine.directory, 'deps'), { recursive: true });
    expect(lookUp(engine.directory).state).toBe('broken');
    await buildEngine(engine, build);
    expect(inCache(engine)).toEqual(['engine']);
    expect(lookUp(engine.directory).state).toBe('whole');
  });
});

describe('a machine that cannot build it is told why, before anything is downloaded', () => {
  test('for want of a compiler', async () => {
    const { engine, log, build } = await prepared();
    vi.stubEnv('CXX', 'no-such-compiler');
    expect(await buildEngine(engine, build)).toEqual({
      reason: 'there is no C++ compiler (tried no-such-compiler); on Debian and Ubuntu: apt-get install g++',
    });
    expect(log).toEqual([]);
  });

  test('for want of disk space', async () => {
    const { engine, log, build } = await prepared();
    const huge = { ...engine, wheel: { ...engine.wheel, unpackedSize: 1e18 } };
    expect(await buildEngine(huge, build)).toEqual({ reason: expect.stringMatching(/MB are free/) });
    expect(log).toEqual([]);
  });

  test('for want of a package index', async () => {
    const { engine, build } = await prepared();
    vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:1/simple');
    expect(await buildEngine(engine, build)).toEqual({
      reason: expect.stringMatching(/^http:\/\/127.0.0.1:1\/simple\/tensorflow-cpu\/ cannot be reached/),
    });
    expect(inCache(engine)).toEqual([]);
  });
});

describe('a step that fails throws and leaves nothing in the cache', () => {
  test('another file than the one expected', async () => {
    const { engine, build } = await prepared();
    const other = { ...engine, wheel: { ...engine.wheel, sha256: '00' } };
    await expect(buildEngine(other, build)).rejects.toThrow(/SHA-256 is [0-9a-f]{64} instead of 00/);
    expect(inCache(engine)).toEqual([]);
  });

  test('a download that breaks off', async () => {
    const { engine, wheel, build } = await prepared();
    const longer = { ...engine, wheel: { ...engine.wheel, size: wheel.length + 1 } };
    await expect(buildEngine(longer, build)).rejects.toThrow(/could not be fetched whole; it broke off/);
    expect(inCache(engine)).toEqual([]);
  });

  test('a wheel without the library', async () => {
    const folder = temporaryFolder();
    const wheel = fakeWheel({ 'tensorflow/libtensorflow_cc.so.2': 'only this' });
    const engine = fakeEngine(folder, wheel);
    useFakeCompiler(folder);
    await serveIndex(engine, wheel);
    const build: Build = { sources: ['index'], replace: false, log: () => {}, loadFailure };
    await expect(buildEngine(engine, build)).rejects.toThrow(/has no libtensorflow_framework.so.2/);
    expect(inCache(engine)).toEqual([]);
  });

  test('a compiler error, in the words of the compiler', async () => {
    const { folder, engine, build } = await prepared();
    useFakeCompiler(folder, 'fails');
    await expect(buildEngine(engine, build)).rejects.toThrow(
      /did not compile with fake compiler 1.0 \(exit status 1\):\nerror: no member named TF_Thing/,
    );
    expect(inCache(engine)).toEqual([]);
  });

  test('an addon that does not load', async () => {
    const { engine, build } = await prepared();
    await expect(buildEngine(engine, { ...build, loadFailure })).rejects.toThrow(
      /was built and does not load: Error: .*invalid ELF header|not a valid|file too short/,
    );
    expect(inCache(engine)).toEqual([]);
  });

  test('but a whole engine that was to be replaced stays', async () => {
    const { folder, engine, build } = await prepared();
    await buildEngine(engine, build);
    useFakeCompiler(folder, 'fails');
    await expect(buildEngine(engine, { ...build, replace: true })).rejects.toThrow();
    expect((await lookUpThoroughly(engine.directory)).state).toBe('whole');
  });
});
