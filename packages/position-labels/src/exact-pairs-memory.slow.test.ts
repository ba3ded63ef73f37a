import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { nativeEngineIsLinked } from '../../../testing/native-engine.js';
import { relativeChance } from './chance.js';

const native = nativeEngineIsLinked();
const title = native
  ? 'trains the exact relative head at the size of ViT-B/16 with 8 images in less than 2 GiB above the tokens'
  : 'memory at the size of ViT-B/16: skipped, the native engine is not linked (`pnpm whereabouts doctor` says why)';

if (!native) console.log(title);

it.skipIf(!native)(title, () => {
  const output = execFileSync(
    process.execPath,
    [
      '--import',
      'tsx',
      '--conditions=@whereabouts/source',
      fileURLToPath(new URL('../testing/exact-pairs-memory.ts', import.meta.url)),
    ],
    { cwd: fileURLToPath(new URL('../../..', import.meta.url)), encoding: 'utf8' },
  );
  console.log(`exact relative head, 8 images, 14 x 14 tokens, 768 channels: ${output.trim()}`);
  const { backend, loss, gradients, mebibytes } = JSON.parse(output) as Record<string, number | string>;
  expect(backend).toBe('tensorflow');
  expect(gradients).toBe(7);
  const untrained = Math.log(729);
  expect(Math.abs(Number(loss) - untrained)).toBeLessThan(0.05);
  expect(Number(loss)).toBeGreaterThan(relativeChance({ rows: 14, columns: 14 }).loss);
  expect(mebibytes).toBeLessThan(2048);
});
