import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fakeEngine, fakeWheel, serveIndex } from '../../testing/fake-engine.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import { fetchWheel } from './fetch-wheel.js';

afterEach(() => vi.unstubAllEnvs());

const wheelBytes = fakeWheel();

/** Puts a `python3` first in the search path that answers as pip and then does what the shell lines say. */
function usePip(folder: string, download: string): void {
  const program = `#!/bin/sh
case "$*" in *--version*) echo "pip 99.0 from /somewhere (python 3.99)"; exit 0;; esac
echo "$*" > ${folder}/call
while [ "$1" != "--dest" ]; do shift; done
${download}
`;
  writeFileSync(join(folder, 'python3'), program, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
}

async function prepared() {
  const folder = temporaryFolder();
  const { wheel } = fakeEngine(folder, wheelBytes);
  const source = join(folder, 'source.whl');
  writeFileSync(source, wheelBytes);
  await serveIndex(fakeEngine(folder, wheelBytes), wheelBytes);
  const log: string[] = [];
  const fetch = (sources: readonly ('pip' | 'index')[]) =>
    fetchWheel(wheel, join(folder, 'downloads'), sources, (line) => log.push(line));
  return { folder, wheel, source, log, fetch };
}

describe('the wheel', () => {
  test('comes with pip, asked for by its own tags', async () => {
    const { folder, wheel, source, log, fetch } = await prepared();
    usePip(folder, `cp ${source} "$2/${wheel.file}"`);
    const file = join(folder, 'downloads', wheel.file);
    expect(await fetch(['pip', 'index'])).toEqual({ file, source: 'pip' });
    expect(readFileSync(file)).toEqual(wheelBytes);
    expect(readFileSync(join(folder, 'call'), 'utf8')).toMatch(
      /--no-deps .*--abi cp311 --python-version 3\.11 --platform fake .*tensorflow-cpu==2\.21\.0\n$/,
    );
    expect(log[0]).toMatch(/^downloading tensorflow-cpu 2.21.0 with pip 99.0/);
  });

  test('comes from the index when pip cannot get it, and the log says why', async () => {
    const { folder, wheel, log, fetch } = await prepared();
    usePip(folder, 'echo "WARNING: slow" >&2; echo "ERROR: No matching distribution" >&2; exit 1');
    expect(await fetch(['pip', 'index'])).toEqual({
      file: join(folder, 'downloads', wheel.file),
      source: 'index',
    });
    expect(log).toContain('not by pip: pip 99.0 could not download it (ERROR: No matching distribution)');
  });

  test('comes from the index when there is no Python', async () => {
    const { folder, log, fetch } = await prepared();
    vi.stubEnv('PATH', folder);
    expect(await fetch(['pip', 'index'])).toMatchObject({ source: 'index' });
    expect(log[0]).toBe('not by pip: there is no Python with pip');
  });

  test('is not taken when pip hands over something else, and no other way is tried then', async () => {
    const { folder, wheel, fetch } = await prepared();
    usePip(folder, `echo tampered > "$2/${wheel.file}"`);
    await expect(fetch(['pip', 'index'])).rejects.toThrow(
      /is not the file that this package knows.*was not used/,
    );
  });

  test('is not there when no way is open: every reason is told', async () => {
    const { folder, wheel, fetch } = await prepared();
    vi.stubEnv('PATH', folder);
    vi.stubEnv('PIP_INDEX_URL', 'http://127.0.0.1:1/simple');
    expect(await fetch(['pip', 'index'])).toEqual({
      reason: expect.stringMatching(/^there is no Python with pip; http.*cannot be reached/),
    });
    expect(existsSync(join(folder, 'downloads', wheel.file))).toBe(false);
  });
});
