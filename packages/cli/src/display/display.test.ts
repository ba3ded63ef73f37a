import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';
import type { Display } from './display.js';
import { jsonLines } from './json-lines.js';
import { plainLines } from './plain-lines.js';
import { progressBar } from './progress-bar.js';
import type { RunFacts } from './run-facts.js';

const facts: RunFacts = {
  folder: 'runs/first',
  config: resolveConfig({
    data: { path: 'fashion-mnist', imageSize: 28 },
    model: { patchSize: 4 },
    run: { logInterval: 2 },
  }),
  backend: {
    backend: 'tensorflow',
    device: 'CPU',
    tensorflowVersion: '2.21.0',
    threads: 2,
    skipped: [{ backend: 'wasm', reason: 'it is raining' }],
  },
  data: {
    classes: ['bag', 'coat'],
    pictures: { train: 8, validation: 4, test: 2 },
    normalisation: { mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5] },
  },
  spec: {
    contract: 1,
    stages: [{ grid: { rows: 7, columns: 7 }, channels: 192, length: 49 }],
    pooled: 192,
    positionEncoding: 'absolute',
  },
  ignored: ['pictures/LICENSE'],
  notes: [],
  title: 'the built-in set',
  chance: { 'classes.accuracy': 0.5, 'absolute.accuracy': 1 / 49 },
  parameters: 1234567,
  executor: 'eager',
  step: 0,
  steps: 4,
  stepsPerEpoch: 2,
};
const result = {
  ...{
    folder: 'runs/first',
    step: 4,
    steps: 4,
    reason: 'all steps' as const,
    finished: true,
    chance: facts.chance,
    backend: facts.backend,
  },
  best: { metric: 'classes.accuracy', value: 0.5, step: 2 },
  imagesPerSecond: 100,
};
const header = [
  'backend   tensorflow, on CPU, TensorFlow 2.21.0, 2 threads',
  '          not wasm: it is raining',
  'model     vit-tiny: 192 channels, 12 blocks, 3 heads, 1,234,567 parameters, eager',
  'tokens    28 x 28 px in patches of 4 px: 7 x 7 = 49 positions, encoding learned',
  'data      fashion-mnist, the built-in set: 8 train, 4 validation and 2 test pictures of 2 classes (bag, coat)',
  '          1 other files were not taken, such as pictures/LICENSE',
  'training  30 epochs of 2 steps of 64 pictures, 4 steps',
  'run       runs/first',
];
const metrics = {
  loss: 2,
  'classes.loss': 1,
  'classes.accuracy': 0.5,
  'absolute.loss': 2,
  'absolute.accuracy': 0.25,
};

function follow(display: Display): void {
  display.begin(facts);
  for (const step of [1, 2])
    void display.callback.onStep?.({
      ...{
        step,
        epoch: step / 2,
        metrics,
        learningRate: 0.1,
        images: 64,
        stepSeconds: 0.5,
        waitSeconds: 0.14,
      },
    });
  void display.callback.onEvaluation?.({ step: 2, epoch: 1, metrics, images: 4, seconds: 1, best: true });
  display.note('a note');
  display.end(result);
  display.close();
}

const evaluation =
  'epoch 1: classes accuracy 50.0 % (largest class 50.0 %), absolute accuracy 25.0 % (chance 2.0 %), loss 2.000, best so far';

const ending = [
  'Best: classes.accuracy 0.5000 at step 2.',
  '100 images/s while training.',
  'The run is in runs/first.',
];

describe('plain lines', () => {
  it('tell the header, every so many steps, every evaluation and notes', () => {
    const lines: string[] = [];
    follow(plainLines((line) => lines.push(line)));
    expect(lines).toEqual([
      ...header,
      'step 2/4: loss 2.000, classes 1.000 (50.0 %), absolute 2.000 (25.0 %), 100 images/s, 1 s left',
      evaluation,
      'a note',
      ...ending,
    ]);
  });
});

describe('progress bar', () => {
  it('shows images per second, time left, the terms and position accuracy, and keeps other lines whole', () => {
    const stream = Object.assign(new PassThrough(), {
      isTTY: true,
      columns: 200,
      cursorTo: () => true,
      moveCursor: () => true,
      clearLine: () => true,
    });
    follow(progressBar(stream));
    const text = String(stream.read());
    for (const line of [...header, evaluation, 'a note', ...ending]) expect(text).toContain(`${line}\n`);
    expect(text).toContain(
      '[==========----------] 2/4  100 images/s  1 s left  loss 2.000, classes 1.000 (50.0 %), absolute 2.000 (25.0 %)',
    );
    expect(text.lastIndexOf('\u001b[?25h')).toBeGreaterThan(text.lastIndexOf('\u001b[?25l')); // the cursor is back
  });
});

describe('JSON lines', () => {
  it('tell every event by its name, one line each', () => {
    const lines: string[] = [];
    follow(jsonLines((line) => lines.push(line)));
    const events = lines.map((line) => JSON.parse(line));
    expect(events.map(({ event }) => event)).toEqual(['start', 'step', 'step', 'evaluation', 'note', 'end']);
    expect(events[0]).toEqual({ event: 'start', ...JSON.parse(JSON.stringify(facts)) });
    expect(events[2]).toMatchObject({ step: 2, metrics, images: 64, waitSeconds: 0.14 });
    expect(events[3]).toMatchObject({ epoch: 1, metrics, best: true });
    expect(events.slice(4)).toEqual([
      { event: 'note', text: 'a note' },
      { event: 'end', ...result },
    ]);
  });
});
