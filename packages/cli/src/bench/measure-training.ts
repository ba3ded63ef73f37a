import { countParameters, type HostBatch } from '@whereabouts/layers';
import { type Batches, batchSizeOf, type StepReport, train } from '@whereabouts/trainer';
import { prepareTraining } from '../build/prepare-training.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** How fast a training would run on this machine. */
export interface TrainingMeasurement {
  readonly backend: string;
  readonly executor: string;
  /** Numbers that the model learns. */
  readonly parameters: number;
  /** Pictures in a step. */
  readonly batchSize: number;
  /** Steps that were measured, after those that warm up. */
  readonly steps: number;
  /** Seconds until the first step was done: what is compiled is compiled then. */
  readonly firstStepSeconds: number;
  /** The step alone, on one batch again and again. */
  readonly step: { readonly milliseconds: number; readonly imagesPerSecond: number };
  /** Reading, decoding and augmenting pictures alone. */
  readonly data: { readonly imagesPerSecond: number };
  /** Both at once, as in a training. */
  readonly training: {
    readonly milliseconds: number;
    readonly imagesPerSecond: number;
    /** Of the time, from 0 to 1. */
    readonly waitingShare: number;
  };
  /** The most memory that this process held, in MiB. */
  readonly peakMebibytes: number;
}

const warmUp = 3;

/**
 * Measures the training that a configuration describes. Writes nothing.
 *
 * @param options.steps how many are measured; three more warm up
 * @param options.log told what is being measured
 * @throws as `prepareTraining`
 */
export async function measureTraining(
  config: TrainingConfig,
  { steps, log }: { readonly steps: number; readonly log: (line: string) => void },
): Promise<TrainingMeasurement> {
  const prepared = await prepareTraining(config);
  try {
    const { validation: _none, batches, executor, ...options } = prepared.options;
    log('Reading pictures ...');
    const { first, imagesPerSecond } = await readSome(batches, steps);
    const { batchSize } = config.training;
    const run = async (of: Batches): Promise<StepReport[]> => {
      const reports: StepReport[] = [];
      const onStep = (report: StepReport) => void reports.push(report);
      await train({
        ...options,
        ...(executor && { executor }),
        batches: of,
        epochs: 1,
        callbacks: [{ onStep }],
      });
      return reports;
    };
    log('The step alone ...');
    const alone = await run(repeated(first, warmUp + steps));
    log('Both together ...');
    const together = (await run(endless(batches, warmUp + steps))).slice(warmUp);
    const milliseconds = 1000 * median(alone.slice(warmUp).map(({ stepSeconds }) => stepSeconds));
    const waiting = sum(together.map(({ waitSeconds }) => waitSeconds));
    const seconds = waiting + sum(together.map(({ stepSeconds }) => stepSeconds));
    return {
      backend: prepared.backend.backend,
      executor: executor?.name ?? 'eager',
      parameters: countParameters(options.objective.variables),
      batchSize,
      steps,
      firstStepSeconds: alone[0]?.stepSeconds ?? 0,
      step: { milliseconds, imagesPerSecond: (1000 * batchSize) / milliseconds },
      data: { imagesPerSecond },
      training: {
        milliseconds: (1000 * seconds) / steps,
        imagesPerSecond: (steps * batchSize) / seconds,
        waitingShare: waiting / seconds,
      },
      peakMebibytes: process.resourceUsage().maxRSS / 1024,
    };
  } finally {
    await prepared.dispose();
  }
}

/** Reads batches as fast as they come, and keeps the first. */
async function readSome(
  batches: Batches,
  count: number,
): Promise<{ first: HostBatch; imagesPerSecond: number }> {
  let first: HostBatch | undefined;
  let images = 0;
  let started = performance.now();
  for await (const batch of endless(batches, count + 1).epoch(0)) {
    if (first === undefined) started = performance.now();
    else images += batchSizeOf(batch);
    first ??= batch;
  }
  const seconds = (performance.now() - started) / 1000;
  return { first: first as HostBatch, imagesPerSecond: images / seconds };
}

/** One epoch of `length` batches, of as many epochs as it takes. */
function endless(batches: Batches, length: number): Batches {
  return {
    length,
    async *epoch() {
      let given = 0;
      for (let epoch = 0; given < length; epoch += 1)
        for await (const batch of batches.epoch(epoch)) {
          yield batch;
          given += 1;
          if (given === length) return;
        }
    },
  };
}

function repeated(batch: HostBatch, length: number): Batches {
  return {
    length,
    async *epoch() {
      for (let index = 0; index < length; index += 1) yield batch;
    },
  };
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
