import '@tensorflow/tfjs';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass } from '@whereabouts/layers';
import { afterAll, describe, expect, it } from 'vitest';
import { loadBackbone } from './load-backbone.js';

const folder = mkdtempSync(join(tmpdir(), 'whereabouts-backbone-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function write(text: string, extension = 'mjs'): string {
  count += 1;
  const file = join(folder, `backbone-${count}.${extension}`);
  writeFileSync(file, text);
  return file;
}

// Averages of the four quarters of an image, by methods of tensors: a module that imports nothing.
const quarters = `({ imageSize, seed, channels = 3 }) => ({
  spec: {
    contract: 1,
    stages: [{ grid: { rows: 2, columns: 2 }, channels, length: 4 }],
    pooled: 0,
    positionEncoding: 'none',
  },
  variables: {},
  apply: (images) => {
    if (images.shape[1] !== 8) throw new Error('It takes 8 x 8 px.');
    const tokens = images.resizeBilinear([2, 2]).reshape([images.shape[0], 4, 3]);
    const positions = tokens.cumsum(1).mean(2).mul(0).cumsum(1).add([[0, 1, 2, 3]]).toInt();
    return { stages: [{ tokens, positions, grid: { rows: 2, columns: 2 } }] };
  },
})`;

describe('a module of a backbone', () => {
  it.each([
    ['JavaScript', 'mjs', `export default ${quarters};`],
    [
      'that takes its time',
      'mjs',
      `const make = ${quarters}; export default async (options) => make(options);`,
    ],
    ['TypeScript', 'ts', `interface Options { imageSize: number }\nexport default ${quarters} as unknown;`],
  ])('in %s is loaded', async (_, extension, text) => {
    const before = tf.memory().numTensors;
    const backbone = await loadBackbone(write(text, extension), { imageSize: 8, seed: 1 });
    expect(tf.memory().numTensors).toBe(before);
    const { stages } = backbone.apply(tf.zeros([2, 8, 8, 3]), evaluationPass());
    expect(stages[0]?.tokens.shape).toEqual([2, 4, 3]);
  });

  it('is given the options', async () => {
    const file = write('export default (options) => { throw new Error(JSON.stringify(options)); };');
    await expect(loadBackbone(file, { imageSize: 8, seed: 1, depths: [1, 2] })).rejects.toThrow(
      `${file} could not make a backbone: {"imageSize":8,"seed":1,"depths":[1,2]}`,
    );
  });

  const spec =
    "{ contract: 1, stages: [{ grid: { rows: 1, columns: 1 }, channels: 3, length: 1 }], pooled: 0, positionEncoding: 'none' }";
  it.each([
    ['that cannot be read', 'export default (', ' cannot be loaded: '],
    ['that imports what is not there', "import 'no-such-package'; export default 1;", 'no-such-package'],
    [
      'without a default export',
      'export const nest = () => {};',
      'The default export of FILE is undefined and no function. Expected is `export default function',
    ],
    [
      'whose default export is an object',
      'export default {};',
      'The default export of FILE is an object and no function.',
    ],
    [
      'that makes nothing',
      'export default () => {};',
      'What FILE makes is no backbone: it is undefined. Expected is',
    ],
    [
      'that makes something without a spec',
      'export default () => ({});',
      'What FILE makes is no backbone: its `spec` is undefined and no object.',
    ],
    [
      'of another contract',
      'export default () => ({ spec: { contract: 2 } });',
      'What FILE makes is no backbone: its `spec.contract` is 2, and this version knows contract 1.',
    ],
    [
      'without stages',
      'export default () => ({ spec: { contract: 1 } });',
      'its `spec.stages` is undefined and no list.',
    ],
    [
      'without variables',
      `export default () => ({ spec: ${spec} });`,
      'its `variables` is undefined and no object of variables by path.',
    ],
    [
      'that does nothing',
      `export default () => ({ spec: ${spec}, variables: {}, apply: 1 });`,
      'its `apply` is a number and no function.',
    ],
    [
      'for images of another size',
      `export default ${quarters};`,
      'The backbone of FILE does not fit images of 12 x 12 px: It takes 8 x 8 px.',
    ],
    [
      'whose channels differ from its spec',
      `const make = ${quarters}; export default () => make({ channels: 5 });`.replace('!== 8', '!== 12'),
      'The backbone of FILE does not fit images of 12 x 12 px: Broken promise: shapes and types equal the spec. Expected stages.0.tokens [1,4,5] float32 for a batch of 1; found [1,4,3] float32.',
    ],
    [
      'whose grid differs from its spec',
      `export default (options) => ({ ...(${quarters})(options), spec: { contract: 1, stages: [{ grid: { rows: 1, columns: 4 }, channels: 3, length: 4 }], pooled: 0, positionEncoding: 'none' } });`.replace(
        '!== 8',
        '!== 12',
      ),
      'Broken promise: shapes and types equal the spec. Expected stages.0.grid {"rows":1,"columns":4}; found {"rows":2,"columns":2}.',
    ],
  ])('%s is refused', async (_, text, complaint) => {
    const file = write(text);
    const before = tf.memory().numTensors;
    await expect(loadBackbone(file, { imageSize: 12, seed: 0 })).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringContaining(complaint.replaceAll('FILE', file)),
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
