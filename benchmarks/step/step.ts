// One training step of a ViT, ours and others', side by side: `pnpm benchmark --help`.
import { describeMachine, openBackend } from '@whereabouts/runtime';
import { type Flags, help, readFlags } from './flags.js';
import { measure } from './measure.js';
import type { Run } from './measurement.js';
import { ratiosOf } from './ratios.js';
import { tablesOf } from './tables.js';

async function benchmark(flags: Flags): Promise<void> {
  await openBackend({ backend: 'cpu' }); // makes the first weights, which are the same on every backend
  const machine = describeMachine();
  if (!flags.json) console.log(`${machine.cpu}, ${machine.cores} cores, Node ${machine.node}\n`);
  const contenders = flags.labels.flatMap((labels) => flags.peers.map((peer) => ({ peer, labels })));
  const runs: (Run & { readonly ratios: ReturnType<typeof ratiosOf> })[] = [];
  for (const setting of flags.settings) {
    const run = await measure(setting, contenders, { ...flags, log: (line) => console.error(`  ${line}`) });
    const ratios = ratiosOf(run);
    runs.push({ ...run, ratios });
    if (!flags.json) console.log(`${tablesOf(run, ratios).join('\n')}\n`);
  }
  if (flags.json) console.log(JSON.stringify({ machine, runs }, null, 2));
}

try {
  const flags = readFlags(process.argv.slice(2));
  if (flags === undefined) console.log(help);
  else await benchmark(flags);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
