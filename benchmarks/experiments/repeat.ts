import { existsSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import type { Experiment, Place, Stage, Variant } from './experiment.js';
import { plannedCommands } from './planned-commands.js';
import { keepRepetition, type Repetition, readResults } from './results.js';
import { runCommand } from './run-command.js';

/** Where things are, and on how many threads each run computes. */
export interface Surroundings {
  readonly data: string;
  readonly runs: string;
  readonly results?: string;
  readonly threads: number;
  readonly signal?: AbortSignal;
}

/**
 * Runs one variant with one seed, or what is left of it, and writes down how it went after each stage.
 *
 * @returns what is known of it then; `started` when it was stopped by the signal
 */
export async function repeat(
  experiment: Experiment,
  { variant, seed }: { readonly variant: Variant; readonly seed: number },
  { data, runs, results, threads, signal }: Surroundings,
): Promise<Repetition> {
  const folder = join(runs, experiment.name, fileName(variant.name), `seed-${seed}`);
  const earlier = readResults(experiment.name, results).runs.find(
    (run) => run.variant === variant.name && run.seed === seed,
  );
  if (earlier?.state === 'finished') return earlier;

  const place: Place = { data, seed, run: (stage) => join(folder, stage) };
  let known: Repetition = {
    variant: variant.name,
    seed,
    state: 'started',
    started: earlier?.started ?? new Date().toISOString(),
    machine: {
      processor: cpus()[0]?.model ?? 'unknown',
      device: earlier?.machine.device ?? '',
      ...{ threads, node: process.version },
    },
    seconds: earlier?.seconds ?? {},
    commands: plannedCommands(variant, seed),
    measured: earlier?.measured ?? {},
  };
  const keep = (news: Partial<Repetition>) => {
    known = { ...known, ...news };
    keepRepetition(experiment.name, known, results);
  };

  keep({});
  try {
    for (const stage of variant.stages(place)) {
      if (known.measured[stage.name] !== undefined) continue;
      const begin = performance.now();
      const timed = () => {
        const seconds = (known.seconds[stage.name] ?? 0) + (performance.now() - begin) / 1000;
        keep({ seconds: { ...known.seconds, [stage.name]: Math.round(10 * seconds) / 10 } });
      };
      const printed = await runStage(stage, { folder, threads, signal }).finally(timed);
      if (signal?.aborted) return known;
      const device = stage.trains ? undefined : deviceOf(printed);
      keep({
        measured: { ...known.measured, [stage.name]: measuredBy(experiment, stage, printed) },
        machine: { ...known.machine, ...(device === undefined ? {} : { device }) },
      });
    }
    keep({ state: 'finished' });
  } catch (failure) {
    if (!signal?.aborted)
      keep({ state: 'failed', failure: withoutPaths((failure as Error).message, { data, folder }) });
  }
  return known;
}

/** A failure as it may be published: folders of the machine go by the names that the commands have for them. */
function withoutPaths(message: string, { data, folder }: { data: string; folder: string }): string {
  return message.replaceAll(folder, 'RUNS').replaceAll(data, 'DATA').slice(0, 2000);
}

/** What computed, by what a stage printed. */
function deviceOf(printed: string): string | undefined {
  const { backend } = JSON.parse(printed) as { backend?: string | { device?: string } };
  return typeof backend === 'object' ? backend.device : undefined;
}

function runStage(
  { name, words, trains }: Stage,
  { folder, threads, signal }: { folder: string; threads: number; signal: AbortSignal | undefined },
): Promise<string> {
  const engine = ['--threads', String(threads)];
  if (!trains) return runCommand([...words, ...engine], signal);
  const run = join(folder, name);
  const begun = existsSync(join(run, 'checkpoints', 'last.safetensors'));
  // Stopped before its first checkpoint, a run cannot go on, and its folder would be in the way.
  if (!begun) rmSync(run, { recursive: true, force: true });
  return runCommand(
    begun
      ? [String(words[0]), '--resume', run, ...engine, '--json']
      : [...words, '--output', folder, '--experiment', name, ...engine, '--json'],
    signal,
  );
}

/** What the experiment wants of what a stage printed; a training prints nothing that is measured. */
function measuredBy(experiment: Experiment, stage: Stage, printed: string): Readonly<Record<string, number>> {
  if (stage.trains) return {};
  const answer: unknown = JSON.parse(printed);
  const wanted = experiment.measurements.filter((measurement) => measurement.stage === stage.name);
  const found = wanted.flatMap(({ path }) => {
    const value = path.reduce<unknown>(
      (inner, key) => (inner as Record<string, unknown> | undefined)?.[key],
      answer,
    );
    return typeof value === 'number' ? [[path.join(' '), value] as const] : [];
  });
  return Object.fromEntries(found);
}

function fileName(variant: string): string {
  return variant.replaceAll(/[^a-z0-9.]+/gi, '-').toLowerCase();
}
