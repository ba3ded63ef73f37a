import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/pictures.js';
import { metricsOf } from '../../testing/run-cli.js';
import { cutMetrics, lastEvaluation, metricsWriter } from './metrics-file.js';

const fileOf = async () => join(await temporaryFolder(), 'metrics.jsonl');
const step = (number: number) => ({
  step: number,
  epoch: number / 2,
  metrics: { loss: 1 / number, 'classes.loss': 2 },
  learningRate: 0.1,
  images: 4,
  stepSeconds: Math.random(),
  waitSeconds: Math.random(),
});
const evaluation = (number: number) => ({
  step: number,
  epoch: number / 2,
  metrics: { loss: 3 / number, 'classes.accuracy': 0.5 },
  images: 9,
  seconds: Math.random(),
  best: true,
});
const start = (number: number) => ({
  step: number,
  steps: 9,
  stepsPerEpoch: 2,
  parameters: 1,
  executor: 'eager',
});

describe('metrics file', () => {
  it('holds a line per step and evaluation, with everything about time in one place', async () => {
    const path = await fileOf();
    const writer = metricsWriter(path);
    await writer.onStart?.(start(0));
    await writer.onStep?.(step(1));
    await writer.onEvaluation?.(evaluation(2));
    expect(metricsOf(path)).toEqual([
      { kind: 'step', step: 1, epoch: 0.5, learningRate: 0.1, images: 4, loss: 1, 'classes.loss': 2 },
      { kind: 'evaluation', step: 2, epoch: 1, best: true, images: 9, loss: 1.5, 'classes.accuracy': 0.5 },
    ]);
    expect(await lastEvaluation(path)).toEqual({ loss: 1.5, 'classes.accuracy': 0.5 });
  });

  it('is after any interruption and resume what it would have been without', async () => {
    const whole = await fileOf();
    const run = async (path: string, first: number, end: number) => {
      const writer = metricsWriter(path);
      await writer.onStart?.(start(first));
      for (let number = first + 1; number <= end; number += 1) {
        await writer.onStep?.(step(number));
        if (number % 2 === 0) await writer.onEvaluation?.(evaluation(number));
      }
    };
    await run(whole, 0, 9);
    await fc.assert(
      fc.asyncProperty(fc.nat(9), fc.nat(9), fc.nat(200), async (one, other, lost) => {
        const [checkpoint, killed] = [Math.min(one, other), Math.max(one, other)];
        const path = await fileOf();
        await run(path, 0, killed);
        // What a kill tears is at most the line in the making, which comes after the checkpoint.
        const text = await readFile(path, 'utf8').catch(() => '');
        const lines = text.split('\n');
        const torn = killed > checkpoint ? (lines.at(-2)?.length ?? 0) : 0;
        await writeFile(path, text.slice(0, text.length - Math.min(lost, torn)));
        await run(path, checkpoint, 9);
        expect(metricsOf(path)).toEqual(metricsOf(whole));
      }),
      { numRuns: 40 },
    );
  });

  it('is left alone when a line is not one of its own', async () => {
    const path = await fileOf();
    const text = '{"kind":"step","step":1}\nnot mine\n{"kind":"step","step":2}\n';
    await writeFile(path, text);
    await expect(cutMetrics(path, 1)).rejects.toThrow(`${path} line 2 is no line of metrics.`);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('needs no file to begin with', async () => {
    const path = await fileOf();
    await cutMetrics(path, 0);
    expect(await lastEvaluation(path)).toBeUndefined();
  });
});
