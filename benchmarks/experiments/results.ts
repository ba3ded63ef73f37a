import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const machineSchema = z.object({
  processor: z.string(),
  /** What computed, such as `CPU` or `GPU NVIDIA …`; empty until a stage has said it. */
  device: z.string(),
  threads: z.number(),
  node: z.string(),
});

const repetitionSchema = z.object({
  variant: z.string(),
  seed: z.number(),
  /** `started` where it was cut off, and is to go on. */
  state: z.enum(['started', 'finished', 'failed']),
  started: z.iso.datetime(),
  machine: machineSchema,
  /** By stage, all attempts together. */
  seconds: z.record(z.string(), z.number()),
  commands: z.record(z.string(), z.string()),
  /** By stage, what it printed that the experiment measures, by path. */
  measured: z.record(z.string(), z.record(z.string(), z.number())),
  failure: z.string().optional(),
});

const resultsSchema = z.object({ experiment: z.string(), runs: z.array(repetitionSchema) });

/** What is known of one run of a variant with one seed. */
export type Repetition = z.infer<typeof repetitionSchema>;

/** Every run of an experiment that was started. */
export type Results = z.infer<typeof resultsSchema>;

/** Where committed results are. */
export const resultsFolder = join(dirname(fileURLToPath(import.meta.url)), 'results');

/** What was measured so far, nothing where there is no file yet. */
export function readResults(experiment: string, folder = resultsFolder): Results {
  let text: string;
  try {
    text = readFileSync(join(folder, `${experiment}.json`), 'utf8');
  } catch {
    return { experiment, runs: [] };
  }
  return resultsSchema.parse(JSON.parse(text));
}

/** Puts a run's news into the file of its experiment, in the place of what was known of it. */
export function keepRepetition(experiment: string, news: Repetition, folder = resultsFolder): void {
  const { runs } = readResults(experiment, folder);
  const others = runs.filter(({ variant, seed }) => variant !== news.variant || seed !== news.seed);
  const sorted = [...others, news].sort(
    (one, other) => one.seed - other.seed || one.variant.localeCompare(other.variant),
  );
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${experiment}.json`);
  const temporary = `${file}.${randomUUID()}`;
  try {
    writeFileSync(temporary, `${JSON.stringify({ experiment, runs: sorted }, undefined, 2)}\n`, {
      flush: true,
    });
    renameSync(temporary, file);
  } catch (failure) {
    rmSync(temporary, { force: true });
    throw failure;
  }
}
