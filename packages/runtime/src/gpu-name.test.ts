import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { gpuName } from './gpu-name.js';

test('the name of the first GPU is read from what its driver tells', () => {
  const folder = temporaryFolder();
  for (const [place, model] of [
    ['0000:65:00.0', 'NVIDIA H200'],
    ['0000:07:00.0', 'NVIDIA A100-SXM4-40GB'],
  ] as const) {
    mkdirSync(join(folder, place));
    writeFileSync(join(folder, place, 'information'), `Model: \t\t ${model}\nIRQ:   \t\t 42\n`);
  }
  expect(gpuName(folder)).toBe('NVIDIA A100-SXM4-40GB');
});

test('without the driver there is no name', () => {
  expect(gpuName(join(temporaryFolder(), 'nothing'))).toBeUndefined();
});
