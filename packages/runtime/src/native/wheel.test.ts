import { describe, expect, test } from 'vitest';
import { glibcVersion, wheelFor } from './wheel.js';

describe('the wheel for a machine', () => {
  test.each([
    ['x64', 'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl'],
    ['arm64', 'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl'],
  ])('is known for Linux on %s', (arch, file) => {
    expect(wheelFor({ platform: 'linux', arch, glibc: '2.27' })).toMatchObject({ file });
    expect(wheelFor({ platform: 'linux', arch, glibc: '3.0' })).toMatchObject({ file });
  });

  test.each([
    ['darwin', 'arm64'],
    ['win32', 'x64'],
    ['linux', 'ppc64'],
  ])('is not there for %s-%s', (platform, arch) => {
    expect(wheelFor({ platform, arch, glibc: '2.36' })).toEqual({
      reason: `it can be built on linux-x64 and linux-arm64, and this is ${platform}-${arch}`,
    });
  });

  test.each([
    ['2.26', '2.26'],
    [undefined, 'another C library'],
  ])('is not there for the C library %s', (glibc, shown) => {
    expect(wheelFor({ platform: 'linux', arch: 'x64', glibc })).toEqual({
      reason: `TensorFlow needs the GNU C library 2.27 or newer, and here is ${shown}`,
    });
  });
});

test.runIf(process.platform === 'linux')('the version of the GNU C library is found', () => {
  expect(glibcVersion() ?? 'musl').toMatch(/^2\.\d+$|^musl$/);
});
