// Trains a small ViT on Fashion-MNIST twice, without and with position labels, and compares: `pnpm demo`.
// About 2 minutes on 2 cores with the native engine. A second demo shows what the first one reached.
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defineCommand, runMain } from 'citty';
import { writeReport } from 'whereabouts';
import { bestEngine } from './best-engine.js';
import type { DemoResult } from './demo-result.js';
import { resultTable } from './result-table.js';
import { contenders } from './settings.js';
import { runFolderOf, trainAndTest } from './train-and-test.js';

const demo = defineCommand({
  meta: {
    name: 'demo',
    description: 'Trains a small ViT on Fashion-MNIST without and with position labels.',
  },
  args: {
    wasm: { type: 'boolean', default: false, description: 'run on WebAssembly, whatever else is there' },
    fresh: { type: 'boolean', default: false, description: 'forget earlier demos and train again' },
    epochs: { type: 'string', description: 'fewer or more than the setting has; results then differ' },
    output: { type: 'string', default: join('runs', 'demo'), description: 'folder of the runs' },
  },
  run: async ({ args }) => {
    const started = performance.now();
    const engine = args.wasm ? 'wasm' : await bestEngine();
    const output = join(args.output, engine);
    if (args.fresh) await rm(output, { recursive: true, force: true });
    const names = Object.keys(contenders) as (keyof typeof contenders)[];
    const results: DemoResult[] = [];
    for (const name of names) results.push(await trainAndTest(name, engine, output, args.epochs));

    console.log(
      '\nFashion-MNIST, 10 classes; in brackets what a guess without a look at the pictures reaches.\n',
    );
    for (const line of resultTable(results)) console.log(line);
    const file = join(output, 'report.html');
    const folders = names.map((name) => runFolderOf(name, output));
    if (!existsSync(file)) await writeReport(folders, { file, pictures: true });
    const seconds = ((performance.now() - started) / 1000).toFixed(0);
    console.log(`\n${seconds} s. The runs are in ${output}. Look at them side by side: ${file}`);
  },
});

await runMain(demo);
