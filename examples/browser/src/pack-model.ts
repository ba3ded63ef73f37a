/**
 * Packs the weights of a training for the page: the ViT and its absolute head, as bfloat16, with a card.
 *
 *     npx --yes pnpm@12.21.0 example examples/browser/src/pack-model.ts runs/puzzle 'what it was trained on'
 */
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { toHostTensors } from '@whereabouts/weights';
import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
import { readRunConfig, runEvaluation, runPaths } from 'whereabouts';
import { toMetadata } from './model-card.js';

const [run, data] = process.argv.slice(2);
if (run === undefined || data === undefined)
  throw new Error('Expected are the folder of a run, and in words what it was trained on.');

const { model, data: pictures, training } = await readRunConfig(run);
const { normalisation } = JSON.parse(await readFile(runPaths(run).environment, 'utf8')).data;
const { metrics } = await runEvaluation(run, { checkpoint: 'best', split: 'test' });
const { tensors } = await readSafetensors(runPaths(run).bestCheckpoint);
const needed = Object.entries(toHostTensors(tensors)).filter(([name]) =>
  /^model\.(backbone|heads\.absolute)\./.test(name),
);

const path = fileURLToPath(new URL('../model/puzzle.safetensors', import.meta.url));
const { patchSize, channels, depth, heads } = model;
const card = {
  vit: { patchSize, channels, depth, heads } as {
    [Size in 'patchSize' | 'channels' | 'depth' | 'heads']: number;
  },
  imageSize: pictures.imageSize,
  normalisation,
  data,
  epochs: training.epochs,
  testAccuracy: metrics['absolute.accuracy'] as number,
};
await writeSafetensors(path, Object.fromEntries(needed), { dtype: 'BF16', metadata: toMetadata(card) });
console.log(`${path}: ${(await stat(path)).size} bytes`, card);
