import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { kernels } from './kernels.js';

const folder = fileURLToPath(new URL('.', import.meta.url));
const read = (file: string) => readFileSync(`${folder}/${file}`, 'utf8');
const families = [...read('kernels.ts').matchAll(/^ {2}\.\.\.(\w+),$/gm)].map(([, family]) => family);

describe('kernels', () => {
  it('are all compared with eager, family by family', () => {
    const tests = readdirSync(folder).filter((file) => file.endsWith('.engine.test.ts'));
    const compared = tests.flatMap((file) => [
      ...read(file).matchAll(/^compareWithEager\('[^']+', (\w+),/gm),
    ]);
    expect(compared.map(([, family]) => family).sort()).toEqual(families.toSorted());
  });

  it('leave out what draws random numbers and what has a shape that depends on numbers', () => {
    for (const kernel of ['Multinomial', 'Unique', 'NonMaxSuppressionV3'])
      expect(kernels).not.toHaveProperty(kernel);
  });
});
