import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import type { Callback, Metrics } from '@whereabouts/trainer';
import { writeFileAtomically } from '@whereabouts/weights/files';
import { z } from 'zod';

const lineSchema = z.looseObject({ kind: z.enum(['step', 'evaluation']), step: z.int().min(0) });

/** A line of `metrics.jsonl`. Everything in it but `time` is the same however often a training was interrupted. */
export type MetricsLine = z.infer<typeof lineSchema>;

/**
 * Writes down every step and every evaluation, one line of JSON each, as it happens. A training that resumes at a
 * checkpoint first loses the lines that came after it, since it writes them again.
 *
 * @param path of `metrics.jsonl`; lines are appended
 */
export function metricsWriter(path: string): Callback {
  const append = (line: object) => appendFile(path, `${JSON.stringify(line)}\n`);
  return {
    onStart: ({ step }) => cutMetrics(path, step),
    onStep: ({ step, epoch, learningRate, weights, metrics, images, stepSeconds, waitSeconds }) =>
      append({
        kind: 'step',
        step,
        epoch,
        learningRate,
        ...(weights && { weights }),
        images,
        ...metrics,
        time: { ...now(), stepSeconds, waitSeconds },
      }),
    onEvaluation: ({ step, epoch, best, metrics, images, seconds }) =>
      append({ kind: 'evaluation', step, epoch, best, images, ...metrics, time: { ...now(), seconds } }),
  };
}

/**
 * Takes out what came after a checkpoint, atomically: a resumed training writes those lines again.
 *
 * @param step of the checkpoint; lines of later steps go, and so does a last line that was not written to its end
 * @throws when another line isn't one of this format
 */
export async function cutMetrics(path: string, step: number): Promise<void> {
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  const kept = linesOf(text, path).filter(({ line }) => line.step <= step);
  const cut = kept.map(({ source }) => `${source}\n`).join('');
  if (cut !== text) await writeFileAtomically(path, cut);
}

/** Every line that was written down, in order; none where there is no file yet. */
export async function readMetrics(path: string): Promise<readonly MetricsLine[]> {
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  return linesOf(text, path).map(({ line }) => line);
}

/** The metrics of the last evaluation that was written down, if there is one. */
export async function lastEvaluation(path: string): Promise<Metrics | undefined> {
  const text = existsSync(path) ? await readFile(path, 'utf8') : '';
  const line = linesOf(text, path)
    .filter(({ line }) => line.kind === 'evaluation')
    .at(-1)?.line;
  if (line === undefined) return undefined;
  const { step: _step, epoch: _epoch, images: _images, ...rest } = line;
  return Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

function linesOf(text: string, path: string): { line: MetricsLine; source: string }[] {
  const sources = text.split('\n').slice(0, -1); // what follows the last line break was cut off while being written
  return sources.map((source, index) => {
    try {
      return { line: lineSchema.parse(JSON.parse(source)), source };
    } catch (error) {
      throw new Error(
        `${path} line ${index + 1} is no line of metrics. Take it out, or move the file away; nothing was changed.`,
        { cause: error },
      );
    }
  });
}

function now(): { at: string } {
  return { at: new Date().toISOString() };
}
