import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { findPackage, findPackageFrom, findPackages } from './find-package.js';

/** A user's project with one package in it, which the process seems to work in. */
function project(name: string, version: string): string {
  const folder = realpathSync(temporaryFolder());
  const place = join(folder, 'node_modules', name);
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, 'package.json'), JSON.stringify({ name, version }));
  const spy = vi.spyOn(process, 'cwd').mockReturnValue(folder);
  onTestFinished(() => spy.mockRestore());
  return place;
}

describe('a package is found', () => {
  test('beside this one', () => {
    const found = findPackage('@tensorflow/tfjs');
    expect(found).toMatchObject({ name: '@tensorflow/tfjs', version: '4.22.0' });
  });

  test('in the project of the current folder', () => {
    const directory = project('only-in-the-project', '1.2.3');
    expect(findPackage('only-in-the-project')).toMatchObject({ version: '1.2.3', directory });
  });

  test('beside this one first, when the project has another copy', () => {
    const directory = project('@tensorflow/tfjs-core', '4.1.0');
    const [first, second] = findPackages('@tensorflow/tfjs-core');
    expect(first?.version).toBe('4.22.0');
    expect(second).toMatchObject({ version: '4.1.0', directory });
  });

  test('as another package sees it', () => {
    const tfjs = findPackage('@tensorflow/tfjs');
    expect(tfjs && findPackageFrom(tfjs, '@tensorflow/tfjs-core')?.version).toBe('4.22.0');
  });
});

test('one that is not installed is not found', () => {
  expect(findPackage('no-such-package-anywhere')).toBeUndefined();
});
