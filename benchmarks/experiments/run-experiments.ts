import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { experiments } from './experiments.js';
import { isAsPlanned } from './planned-commands.js';
import { repeat } from './repeat.js';
import { readResults } from './results.js';

const help = `Runs the experiments, or what is left of them; Ctrl-C stops, and the same command goes on.

  names           of experiments; all unless given: ${experiments.map(({ name }) => name).join(', ')}
  --data          folder that holds cifar10 and clothing; ../shared/data unless given
  --runs          where run folders go; runs/experiments unless given
  --results       where results go; the committed ones unless given
  --seeds         such as 1,2; those of each experiment unless given
  --only          variants whose name contains this
  --parallel      runs at a time; 1 unless given
  --threads       of each run; all cores shared among the runs unless given
  --list          tells what is done and what is left, and runs nothing`;

const text = { type: 'string' } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { ...text, default: '../shared/data' },
    runs: { ...text, default: 'runs/experiments' },
    results: text,
    seeds: text,
    only: { ...text, default: '' },
    parallel: { ...text, default: '1' },
    threads: text,
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const names = experiments.map(({ name }) => name);
const strange = positionals.find((name) => !names.includes(name));
if (values.help) console.log(help);
else if (strange !== undefined) {
  console.error(`There is no experiment ${strange}; there are ${names.join(', ')}.`);
  process.exitCode = 2;
} else await main();

async function main(): Promise<void> {
  const asked = experiments.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
  // One seed after another, so that every variant has as many runs as the others wherever it is stopped.
  const seeds =
    values.seeds?.split(',').map(Number) ?? [...new Set(asked.flatMap((one) => one.seeds))].sort();
  const planned = seeds.flatMap((seed) =>
    asked
      .filter((experiment) => experiment.seeds.includes(seed))
      .flatMap((experiment) =>
        experiment.variants
          .filter(({ name }) => name.includes(values.only))
          .map((variant) => ({ experiment, variant, seed })),
      ),
  );
  const known = planned.map((one) => ({
    ...one,
    earlier: readResults(one.experiment.name, values.results).runs.find(
      (run) => run.variant === one.variant.name && run.seed === one.seed,
    ),
  }));
  const changed = known.find(({ variant, earlier }) => earlier && !isAsPlanned(earlier, variant));
  if (changed !== undefined) {
    console.error(
      `${changed.experiment.name}, ${changed.variant.name}, seed ${changed.seed} was begun with other flags than it has now. Give the variant of those results another name and move its run folder away, so that what was begun stays on record.`,
    );
    process.exitCode = 2;
    return;
  }
  const left = known.filter(({ earlier }) => earlier?.state !== 'finished');
  console.log(`${planned.length - left.length} of ${planned.length} runs are done`);
  if (values.list) {
    for (const { experiment, variant, seed } of left)
      console.log(`left: ${experiment.name}, ${variant.name}, seed ${seed}`);
    return;
  }

  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  const parallel = Number(values.parallel);
  const threads = Number(values.threads ?? Math.max(1, Math.floor(availableParallelism() / parallel)));
  const queue = [...left];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined && !stop.signal.aborted; next = queue.shift()) {
      const { experiment, variant, seed } = next;
      const begin = performance.now();
      const { state, measured, failure } = await repeat(
        experiment,
        { variant, seed },
        {
          data: `${values.data}/${experiment.data}`,
          runs: values.runs,
          ...(values.results === undefined ? {} : { results: values.results }),
          ...{ threads, signal: stop.signal },
        },
      );
      const minutes = ((performance.now() - begin) / 60_000).toFixed(1);
      console.log(
        `${experiment.name}, ${variant.name}, seed ${seed}: ${state} in ${minutes} min ${failure ?? JSON.stringify(measured)}`,
      );
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
}
