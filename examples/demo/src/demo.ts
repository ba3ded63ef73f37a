// Trains a small ViT on Fashion-MNIST twice, without and with position labels, and compares: `pnpm demo`.
// With the native engine about 2 minutes on 2 cores; a second run shows the finished trainings at once.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { installNative } from '@whereabouts/runtime';
import { defineCommand, runMain } from 'citty';
import { displayOn, readRunConfig, resolveConfig, runEvaluation, runPaths, runTraining } from 'whereabouts';
import { type DemoResult, resultTable } from './result-table.js';
import { contenders, sizes } from './settings.js';

const demo = defineCommand({
  meta: {
    name: 'demo',
    description: 'Trains a small ViT on Fashion-MNIST without and with position labels.',
  },
  args: {
    backend: {
      type: 'enum',
      options: ['auto', 'native', 'wasm'],
      default: 'auto',
      description: 'what computes',
    },
    fresh: { type: 'boolean', default: false, description: 'forget earlier demos and train again' },
    output: { type: 'string', default: join('runs', 'demo'), description: 'folder of the runs' },
  },
  run: async ({ args }) => {
    const started = performance.now();
    const engine = args.backend === 'wasm' ? 'wasm' : await bestEngine();
    if (args.backend === 'native' && engine !== 'native')
      throw new Error('The native engine cannot be had here.');
    const results: DemoResult[] = [];
    for (const name of Object.keys(contenders) as (keyof typeof contenders)[])
      results.push(await trainAndTest(name, engine, join(args.output, engine), args.fresh));

    console.log(
      '\nFashion-MNIST, 10 classes; in brackets what a guess without a look at the pictures reaches.\n',
    );
    for (const line of resultTable(results)) console.log(line);
    console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s. The runs are in ${args.output}.`);
  },
});

async function bestEngine(): Promise<'native' | 'wasm'> {
  console.log('Engine: TensorFlow natively if this machine can have it, else WebAssembly.');
  const native = await installNative({ ifPossible: true, log: (line) => console.log(`  ${line}`) });
  if (native.available) return 'native';
  console.log(`  ${native.reason}`);
  console.log('  So this demo runs on WebAssembly, slower and with a smaller setting.');
  return 'wasm';
}

async function trainAndTest(
  name: keyof typeof contenders,
  engine: keyof typeof sizes,
  output: string,
  fresh: boolean,
): Promise<DemoResult> {
  const folder = join(output, name.replaceAll(/[^a-z]+/gi, '-').toLowerCase());
  if (fresh) await rm(folder, { recursive: true, force: true });
  const resume = existsSync(runPaths(folder).config);
  const config = resume
    ? await readRunConfig(folder)
    : resolveConfig({ ...sizes[engine], ...contenders[name], backend: engine });
  const display = displayOn(process.stdout);
  console.log(`\nA ViT ${name}`);
  try {
    const { imagesPerSecond } = await runTraining(config, {
      folder,
      resume,
      callbacks: [display.callback],
      onReady: display.begin,
    });
    return { name, imagesPerSecond, test: await runEvaluation(folder, { split: 'test' }) };
  } finally {
    display.end();
  }
}

await runMain(demo);
