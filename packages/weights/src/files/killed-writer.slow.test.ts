import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readSafetensors } from './read-safetensors.js';

const KILLS = 8;

/** A program that writes a thousand tensors over and over, every value the number of the round. */
const writer = (path: string) => `
  import { writeSafetensors } from ${JSON.stringify(new URL('./write-safetensors.ts', import.meta.url).href)};
  for (let round = 1; ; round += 1) {
    const tensor = { shape: [1000], dtype: 'float32', values: new Float32Array(1000).fill(round) };
    const tensors = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [\`tensor.\${index}\`, tensor]));
    await writeSafetensors(${JSON.stringify(path)}, tensors);
    if (round === 1) console.log('first');
  }`;

test('a file whose writer is killed at any moment is whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'weights-'));
  const path = join(folder, 'model.safetensors');
  const program = join(folder, 'writer.mts');
  await writeFile(program, writer(path));
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const args = ['--conditions=@whereabouts/source', '--import', import.meta.resolve('tsx'), program];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      await Promise.race([
        once(child.stdout, 'data'),
        once(child, 'exit').then(([code]) => {
          throw new Error(`the writer ended by itself with ${code}`);
        }),
      ]);
      await setTimeout(7 * kill);
      child.kill('SIGKILL');
      await once(child, 'exit');
      const tensors = Object.values((await readSafetensors(path)).tensors);
      expect(tensors).toHaveLength(1000);
      const rounds = new Set(tensors.flatMap(({ values }) => [...(values as Float32Array)]));
      expect(rounds.size).toBe(1);
    }
  } finally {
    await rm(folder, { recursive: true });
  }
});
