// Trains a few models for some steps, exports them, and asks timm and transformers what they say of the same pictures.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { runCommand } from '../experiments/run-command.js';

const { values } = parseArgs({
  options: {
    data: { type: 'string', default: '../shared/data/clothing' },
    python: { type: 'string', default: 'python3' },
  },
});

const vit = ['--model', 'vit', '--channels', '48', '--depth', '3', '--heads', '3', '--img-size', '48'];

/** What is exported, by what is special about it. */
const models: Readonly<Record<string, readonly string[]>> = {
  'ViT, class token': vit,
  'ViT, average, sine-cosine': [...vit, '--pooling', 'average', '--position-encoding', 'sine-cosine'],
  'ViT, no encoding': [...vit, '--position-encoding', 'none'],
  'ViT, registers, LayerScale': [...vit, '--registers', '4', '--layer-scale', '1e-3'],
  'ViT, 112 px': [...vit, '--img-size', '112', '--patch-size', '16'],
  DeiT: [...vit, '--distillation-token'],
  Swin: [
    '--model',
    'swin',
    '--channels',
    '32',
    '--depths',
    '2,2',
    '--heads',
    '2',
    '--window-size',
    '4',
    '--img-size',
    '48',
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'whereabouts-interop-'));
try {
  const tests = join(values.data, 'test');
  const pictures = readdirSync(tests).map((name) =>
    join(tests, name, readdirSync(join(tests, name))[0] ?? ''),
  );
  for (const [index, [name, flags]] of Object.entries(models).entries()) {
    const run = `model-${index}`;
    const training = ['train', '--data', values.data, ...flags, '--epochs', '2', '--step-budget', '40'];
    await runCommand([...training, '--lr', '1e-3', '--output', folder, '--experiment', run, '--json']);
    await runCommand([
      'export',
      run,
      join(folder, 'exported', run),
      '--output',
      folder,
      '--checkpoint',
      'last',
    ]);
    const said = await runCommand([
      ...['predict', run, ...pictures, '--output', folder, '--checkpoint', 'last', '--top-k', '10', '--json'],
    ]);
    writeFileSync(
      join(folder, 'exported', run, 'whereabouts.json'),
      JSON.stringify({ name, ...JSON.parse(said) }),
    );
  }
  // An encoder that learned no classes has no answer to compare, so its features are.
  const encoder = [
    'pretrain',
    '--data',
    values.data,
    ...vit,
    '--epochs',
    '2',
    '--step-budget',
    '40',
    '--json',
  ];
  await runCommand([...encoder, '--output', folder, '--experiment', 'encoder']);
  const exported = join(folder, 'exported', 'model-without-classes');
  const of = ['--output', folder, '--checkpoint', 'last'];
  await runCommand(['export', 'encoder', exported, ...of]);
  await runCommand(['embed', 'encoder', ...pictures, ...of, '--to', join(exported, 'features.safetensors')]);
  writeFileSync(
    join(exported, 'whereabouts.json'),
    JSON.stringify({ name: 'ViT, pretrained, no classes', files: pictures }),
  );
  const script = fileURLToPath(new URL('open_exported.py', import.meta.url));
  const { status } = spawnSync(values.python, [script, join(folder, 'exported')], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
