import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import '@tensorflow/tfjs';
import { readVariables, stream } from '@whereabouts/layers';
import { vit } from '@whereabouts/vit';
import { toTimmVit } from '@whereabouts/weights';
import { readSafetensorsHeader, writeSafetensors } from '@whereabouts/weights/files';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder = '';
const run = promisify(execFile);

/** Runs a script in the folder of this test, and gives its lines. */
async function script(name: string, ...words: string[]): Promise<string[]> {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const flags = ['--import', import.meta.resolve('tsx'), '--conditions=@whereabouts/source', file];
  const { stdout } = await run(process.execPath, [...flags, ...words], { cwd: folder });
  return stdout.trimEnd().split('\n');
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ideas-'));
  for (const [label, name] of ['blue', 'green', 'red'].entries()) {
    await mkdir(join(folder, 'pictures', name), { recursive: true });
    for (let number = 0; number < 12; number += 1) {
      const random = stream(0, name, number);
      const pixels = Uint8Array.from({ length: 20 * 20 * 3 }, (_, index) =>
        index % 3 === label ? 120 + random.integer(60) : random.integer(80),
      );
      await sharp(pixels, { raw: { width: 20, height: 20, channels: 3 } })
        .png()
        .toFile(join(folder, 'pictures', name, `${number}.png`));
    }
  }
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

it('every script is shorter than 60 lines', async () => {
  const scripts = (await readdir(import.meta.dirname)).filter((name) => !name.includes('.test.'));
  for (const name of scripts) {
    const text = await readFile(join(import.meta.dirname, name), 'utf8');
    expect(text.trimEnd().split('\n').length, name).toBeLessThan(60);
  }
  expect(scripts).toHaveLength(5);
});

it('own-pictures trains, writes its weights, and is done when it is asked again', async () => {
  const lines = await script('own-pictures', 'pictures', '2');
  expect(lines[0]).toMatch(/^pictures is a folder per class: blue, green, red\. Training on \w+\.$/);
  expect(lines[2]).toMatch(/^epoch 2: classes [\d.]+ %, positions [\d.]+ %$/);
  expect(lines[3]).toBe('all steps after step 2; the weights are in own-pictures/best.safetensors.');
  const { tensors } = await readSafetensorsHeader(join(folder, 'own-pictures', 'best.safetensors'));
  expect(tensors['model.backbone.classToken']?.shape).toEqual([1, 1, 96]);
  expect(await script('own-pictures', 'pictures', '2')).toHaveLength(2);
});

it('own-head learns the colours', async () => {
  const distances = (await script('own-head', '2')).map((line) => Number(line.split(' ')[1]));
  expect(distances).toHaveLength(20);
  expect(distances.at(-1)).toBeLessThan((distances[0] ?? 0) / 1.5);
});

it('loss-weight-schedule takes the weight down to 0', async () => {
  const lines = await script('loss-weight-schedule', '2');
  expect(lines[0]).toMatch(/^step 1: absolute counts 1\.00, loss 3\.89/); // ln 49
  expect(lines[5]).toContain('step 6: absolute counts 0.50');
  expect(lines.at(-1)).toContain('step 20: absolute counts 0.00');
});

it('fine-tune-from-timm loads weights of another image size and fine-tunes them', async () => {
  const small = vit({ imageSize: 32, patchSize: 8, channels: 64, depth: 2, heads: 1 });
  const tensors = toTimmVit({ backbone: await readVariables(small.variables) }, { patchSize: 8 });
  await writeSafetensors(join(folder, 'small.safetensors'), tensors);
  const lines = await script('fine-tune-from-timm', 'small.safetensors', 'pictures', '48', '2');
  expect(lines[0]).toBe('Loaded small.safetensors: 0 tensors missing, 0 left over.');
  expect(lines[1]).toMatch(/^Best: [\d.]+ %, in fine-tuned\/best\.safetensors\.$/);
});

it('backbone-alone learns without the trainer, and finds alike pictures', async () => {
  const lines = await script('backbone-alone', '31');
  expect(lines[0]).toMatch(/^step 0: loss 2\.3/); // ln 10
  const [same] = /^\d+(?= of 50 nearest neighbours)/.exec(lines.at(-1) ?? '') ?? [];
  expect(Number(same)).toBeGreaterThan(15); // 5 by chance
});
