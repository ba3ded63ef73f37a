// The data path by itself, ours and PyTorch's, side by side: `pnpm benchmark:data --help`.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describeMachine } from '@whereabouts/runtime';
import { aligned } from '../aligned.js';
import { type Flags, help, readFlags } from './flags.js';
import type { Measurement, Task } from './measurement.js';
import { photographs } from './photographs.js';

const program = (name: string) => fileURLToPath(new URL(`./peers/${name}`, import.meta.url));

/** Runs a contender in a process of its own. */
function run(command: readonly string[], task: Task): Measurement {
  const [file = '', ...words] = command;
  const ended = spawnSync(file, [...words, JSON.stringify(task)], { encoding: 'utf8', maxBuffer: 2 ** 24 });
  if (ended.error || ended.status !== 0)
    throw new Error(`${file} failed: ${ended.error?.message ?? lastLine(ended.stderr)}`);
  const { unavailable, ...measured } = JSON.parse(lastLine(ended.stdout));
  if (unavailable) throw new Error(unavailable);
  return measured;
}

const lastLine = (text: string) => text.trimEnd().split('\n').at(-1) ?? '';

interface Row extends Measurement {
  readonly peer: string;
  readonly augmentation: string;
  readonly workers: number;
}

async function benchmark(flags: Flags): Promise<void> {
  const machine = describeMachine();
  const made = await photographs(flags.photographs);
  const { batch, images, size } = flags;
  const peers: Readonly<Record<string, readonly string[]>> = {
    ours: [process.execPath, ...process.execArgv, program('ours.ts')],
    ...(flags.python && { 'PyTorch, timm': [flags.python, program('timm_loader.py')] }),
  };
  const rows: Row[] = [];
  try {
    for (const augmentation of flags.augmentations)
      for (const workers of flags.workers)
        for (const [peer, command] of Object.entries(peers)) {
          const full = augmentation === 'full';
          const task = { files: made.files, images, warmup: 4 * batch, batch, size, workers, full };
          rows.push({ peer, augmentation, workers, ...run(command, task) });
          console.error(`  ${peer}, ${augmentation}, ${workers} workers`);
        }
  } finally {
    made.remove();
  }
  if (flags.json) console.log(JSON.stringify({ machine, rows }, null, 2));
  else console.log([headline(flags, made.files.length, made.bytes), '', ...table(rows)].join('\n'));
}

function headline({ batch, size, images }: Flags, files: number, bytes: number): string {
  const { cpu, cores } = describeMachine();
  return (
    `${cpu}, ${cores} cores; ${files} JPEGs of 640 x 480 pixels, ${(bytes / 1000).toFixed(0)} kB on average, ` +
    `to ${size} x ${size}, batches of ${batch}, ${images} images`
  );
}

function table(rows: readonly Row[]): readonly string[] {
  return aligned([
    ['', 'augmentation', 'workers', 'images/s', 'CPU ms per image', 'first batch ms', 'engine'],
    ...rows.map(({ peer, augmentation, workers, engine, ...figures }) => [
      peer,
      augmentation,
      String(workers),
      figures.imagesPerSecond.toFixed(0),
      figures.cpuMilliseconds.toFixed(1),
      figures.firstBatch.toFixed(0),
      engine,
    ]),
  ]);
}

try {
  const flags = readFlags(process.argv.slice(2));
  if (flags === undefined) console.log(help);
  else await benchmark(flags);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
