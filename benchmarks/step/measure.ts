import { type Contender, nameOf, obstacle, type Peer, peers } from './contenders.js';
import { type Measurement, medianOf, type Run, type Skipped } from './measurement.js';
import { type PeerProcess, startPeer } from './peer-process.js';
import type { Setting } from './setting.js';
import { withStart } from './start-file.js';

interface Running extends Contender {
  readonly process: PeerProcess;
  readonly milliseconds: number[];
  readonly losses: number[];
}

/**
 * Measures contenders side by side: all are alive, one works at a time, in short rounds, so that a busy moment of the
 * machine hits all of them. One that can't run, or ends unasked, is left out with its reason.
 *
 * @param options.steps of each contender per round
 * @param options.log told what happens
 */
export async function measure(
  setting: Setting,
  contenders: readonly Contender[],
  options: {
    readonly rounds: number;
    readonly steps: number;
    readonly python: string;
    readonly log: (line: string) => void;
  },
): Promise<Run> {
  const { rounds, steps, python, log } = options;
  const running = new Set<Running>();
  const skipped: Skipped[] = [];
  const skip = (contender: Contender, error: unknown) => {
    const { message: reason } = error as Error;
    skipped.push({ peer: contender.peer, labels: contender.labels, reason });
    log(`${nameOf(contender)} is skipped: ${reason}`);
  };
  const inTurn = async (act: (contender: Running) => Promise<void>) => {
    for (const contender of running)
      try {
        await act(contender);
      } catch (error) {
        contender.process.kill();
        running.delete(contender);
        skip(contender, error);
      }
  };

  try {
    await withStart(setting, async (start) => {
      for (const contender of contenders)
        try {
          const process = await begin(contender, { setting, start, python });
          running.add({ ...contender, process, milliseconds: [], losses: [process.loss] });
          log(`${nameOf(contender)}: first step ${(process.firstStep / 1000).toFixed(1)} s`);
        } catch (error) {
          skip(contender, error);
        }
    });

    await inTurn(async ({ process, losses }) => {
      losses.push(...(await process.run(1)).losses); // the second step still warms up
    });
    for (let round = 1; round <= rounds; round += 1) {
      await inTurn(async ({ process, milliseconds, losses }) => {
        const taken = await process.run(steps);
        milliseconds.push(...taken.milliseconds);
        losses.push(...taken.losses);
      });
      log(`round ${round} of ${rounds}`);
    }

    const measured: Measurement[] = [];
    await inTurn(async (contender) => {
      const peakMemory = await contender.process.stop();
      measured.push(measurementOf(contender, peakMemory, setting.batch));
    });
    return { setting, measured, skipped };
  } finally {
    for (const { process } of running) process.kill();
  }
}

async function begin(
  contender: Contender,
  task: { readonly setting: Setting; readonly start: string; readonly python: string },
): Promise<PeerProcess> {
  const { setting, start, python } = task;
  const reason = obstacle(contender, setting);
  if (reason !== undefined) throw new Error(reason);
  const { peer, labels } = contender;
  const { command }: Peer = peers[peer];
  const words = ['--setting', JSON.stringify(setting), '--labels', labels, '--start', start];
  return startPeer([...command(python), ...words]);
}

function measurementOf(contender: Running, peakMemory: number | null, batch: number): Measurement {
  const { peer, labels, process, milliseconds, losses } = contender;
  const { engine, firstStep } = process;
  const median = medianOf(milliseconds);
  return {
    peer,
    labels,
    engine,
    milliseconds,
    median,
    minimum: Math.min(...milliseconds),
    imagesPerSecond: (batch * 1000) / median,
    firstStep,
    losses,
    peakMemory,
  };
}
