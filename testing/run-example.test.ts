import { describe, expect, it } from 'vitest';
import { exampleBlocks } from './example-blocks.js';
import { runExample } from './run-example.js';

describe('runExample', () => {
  it('imports packages of this repository and others, in every form of import', async () => {
    await runExample(`
      import { positionCount, positionCount as count, type Grid } from '@whereabouts/layers';
      import * as layers from '@whereabouts/layers';
      import path, { sep } from 'node:path';
      import 'node:fs';

      export const grid: Grid = { rows: 2, columns: 3 };
      [positionCount(grid), count(grid), layers.positionCount(grid)]; // => [6, 6, 6]
      path.sep === sep; // => true
      await Promise.resolve(7); // => 7
      undefined; // => undefined
      for (const value of [1, 2]) value > 0; // => true
      ({ b: 2, a: [1] }); // => { "a": [1], "b": 2 }
      export default grid;
    `);
  });

  it.each([
    ['another value', '1 + 1; // => 3'],
    ['another value in a loop', 'for (const value of [1, 2]) value; // => 1'],
    ['a missing value', '[1].at(1); // => 1'],
    ['an error', "throw new Error('no');"],
    ['an unknown import', "import { nothing } from '@whereabouts/nothing';\nnothing;"],
  ])('fails for %s', async (_what, code) => {
    await expect(runExample(code)).rejects.toThrow();
  });

  it('fails for a promise that it could not keep', async () => {
    await expect(runExample('const two = 2; // => 2')).rejects.toThrow(
      'Every `// =>` has to stand behind an expression statement, `expression; // => value`.',
    );
  });
});

describe('exampleBlocks', () => {
  it('finds blocks of TypeScript alone, and why one is not run', () => {
    const text = '```sh\nls\n```\n\n```ts\n1;\n```\n\n```ts\n// not run: needs a GPU\n2;\n```\n';
    expect(exampleBlocks(text)).toEqual([
      { code: '1;\n', notRun: undefined },
      { code: '// not run: needs a GPU\n2;\n', notRun: 'needs a GPU' },
    ]);
  });
});
