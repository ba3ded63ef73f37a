import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { planOf } from './plan.js';

afterEach(() => vi.restoreAllMocks());

/** Makes a project the current folder that has these packages and no more. */
function project(packages: Readonly<Record<string, string>>): void {
  const folder = realpathSync(temporaryFolder());
  for (const [name, version] of Object.entries(packages)) {
    const place = join(folder, 'node_modules', name);
    mkdirSync(place, { recursive: true });
    const binary = { napi_versions: [3, 8] };
    writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version, binary }));
  }
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
}

test('a backend that is not installed is an obstacle with a remedy', () => {
  project({});
  expect(planOf('tfjs-node')).toEqual({
    reason: '@tensorflow/tfjs-node is not installed',
    remedy: 'nothing where native works, else run `npm install @tensorflow/tfjs-node@4.22.0`',
  });
});

test('one without its native library is an obstacle with a remedy', () => {
  project({ '@tensorflow/tfjs-node': '4.22.0' });
  expect(planOf('tfjs-node')).toEqual({
    reason: '@tensorflow/tfjs-node is installed without its native library',
    remedy: 'run `npm rebuild @tensorflow/tfjs-node`',
  });
});

test('one that computes with another version of tfjs-core is an obstacle', () => {
  project({ '@tensorflow/tfjs-node': '4.1.0', '@tensorflow/tfjs-core': '4.1.0' });
  expect(planOf('tfjs-node')).toEqual({
    reason: '@tensorflow/tfjs-node 4.1.0 computes with tfjs-core 4.1.0, and Whereabouts with 4.22.0',
    remedy: 'install one version of all TensorFlow.js packages, such as @tensorflow/tfjs-node@4.22.0',
  });
});

test('what is beside this package is planned for', () => {
  expect(planOf('cpu')).toMatchObject({ backend: 'cpu', version: '4.22.0' });
  expect(planOf('wasm')).toMatchObject({
    backend: 'wasm',
    wasm: { files: expect.stringMatching(/dist\/$/) },
  });
});
