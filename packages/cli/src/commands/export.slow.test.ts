import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors } from '@whereabouts/weights/files';
import { beforeAll, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { runCli } from '../../testing/run-cli.js';

let folder = '';
const cli = (...words: readonly string[]) => runCli(words, { cwd: folder });
const training = [
  ...['--data', 'pictures', '--img-size', '16', '--patch-size', '4', '--batch-size', '4', '--epochs', '1'],
  ...['--backend', 'cpu', '--executor', 'eager'],
];
const vit = ['--model', 'vit', '--channels', '16', '--depth', '1', '--heads', '2'];
const json = (...path: string[]) => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));

beforeAll(async () => {
  folder = await temporaryFolder();
  await writePictures(join(folder, 'pictures'), ['blue', 'green', 'red'], 6);
  await cli('train', ...training, ...vit, '--experiment', 'classes', '--absolute', '0.5');
}, 120_000);

it('writes what timm and transformers open, and drops heads', async () => {
  const ended = await cli('export', 'classes', 'exported');
  expect(ended).toMatchObject({ exitCode: 0, errors: '' });
  expect(ended.output).toContain('heads dropped: absolute');
  expect(readdirSync(join(folder, 'exported')).sort()).toEqual([
    ...['README.md', 'config.json', 'model.safetensors', 'preprocessor_config.json'],
  ]);
  expect(json('exported', 'config.json')).toMatchObject({
    architecture: 'vit_base_patch16_224',
    num_classes: 3,
    label_names: ['blue', 'green', 'red'],
    model_args: { img_size: 16, patch_size: 4, embed_dim: 16, depth: 1, num_heads: 2 },
    pretrained_cfg: { input_size: [3, 16, 16], crop_pct: 1, mean: [0.485, 0.456, 0.406] },
  });
  const { tensors, metadata } = await readSafetensors(join(folder, 'exported', 'model.safetensors'));
  expect(metadata).toMatchObject({ format: 'pt' });
  expect(tensors['head.weight']?.shape).toEqual([3, 16]);
  expect(Object.keys(tensors).filter((name) => name.includes('absolute'))).toEqual([]);
});

it('is read back to train on from', async () => {
  const from = ['finetune', '--from', 'exported', ...training, ...vit, '--experiment', 'on'];
  const ended = await cli(...from);
  expect(ended).toMatchObject({ exitCode: 0, errors: '' });
  expect(ended.output).toContain('the head classes is taken too');
});

it('never writes over anything', async () => {
  const before = readFileSync(join(folder, 'exported', 'config.json'), 'utf8');
  const ended = await cli('export', 'classes', 'exported');
  expect(ended.exitCode).toBe(2);
  expect(ended.errors).toContain('exported is there already; choose another name. Nothing was changed.');
  expect(readFileSync(join(folder, 'exported', 'config.json'), 'utf8')).toBe(before);
});

it('writes nothing of what timm does not have', async () => {
  const swin = [
    '--model',
    'swin',
    '--channels',
    '8',
    '--depths',
    '1,1',
    '--heads',
    '1',
    '--window-size',
    '2',
  ];
  await cli('train', ...training, ...swin, '--experiment', 'fine-grid', '--merge-last-stage=false');
  const ended = await cli('export', 'fine-grid', 'nothing');
  expect(ended.errors).toContain('The Swin does not merge before its last stage, and timm has no such model');
  expect(existsSync(join(folder, 'nothing'))).toBe(false);
});
