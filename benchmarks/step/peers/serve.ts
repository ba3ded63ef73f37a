// The contender's side of the protocol, one JSON object per line:
//   contender  {"ready":{"engine":"…","firstStep":ms,"loss":n}}   or {"unavailable":"why"} and the end
//   harness    {"steps":4}
//   contender  {"steps":{"milliseconds":[…],"losses":[…]}}        as often as asked
//   harness    closes the input
//   contender  {"peakMemory":bytes}                               and the end
// Other lines are a library's talk.
import { existsSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type OpenBackend, openBackend } from '@whereabouts/runtime';
import type { Labels, Setting } from '../setting.js';

/** What the harness tells a contender. */
export interface Task {
  readonly setting: Setting;
  readonly labels: Labels;
  /** The file with the batch and the first weights. */
  readonly start: string;
}

/** One training step, the read of its loss included. */
export type StepWithLoss = () => Promise<number>;

/** Reads the task from the flags that every contender is given. */
export function readTask(): Task {
  const { values } = parseArgs({
    options: { setting: { type: 'string' }, labels: { type: 'string' }, start: { type: 'string' } },
    strict: false,
  });
  const { setting, labels, start } = values;
  return { setting: JSON.parse(String(setting)), labels: labels as Labels, start: String(start) };
}

/**
 * Opens the setting's TensorFlow.js engine and says in words what it is.
 *
 * @throws where a graphics card was asked for and the engine has none
 */
export async function openEngine({ backend, device, threads }: Setting): Promise<string> {
  if (device === 'cpu') process.env.CUDA_VISIBLE_DEVICES = ''; // read when TensorFlow is loaded
  const opened = await openBackend({ backend, ...(backend === 'native' ? { threads } : {}) });
  if (device === 'gpu' && !opened.device.startsWith('GPU'))
    throw new Error(`the engine computes on ${opened.device}, not on a GPU`);
  return `${engineName(opened)} on ${opened.device}`;
}

const engineName = ({ backend, tensorflowVersion }: OpenBackend) =>
  tensorflowVersion === undefined ? backend : `TensorFlow ${tensorflowVersion}`;

/**
 * Takes a step and answers the harness until it closes the input.
 *
 * @param open loads engine and model, which isn't measured, and returns what makes the step ready: tracing and compiling
 *   are part of the first step's time
 */
export async function serve(
  open: () => Promise<{ readonly engine: string; readonly prepare: () => Promise<StepWithLoss> }>,
): Promise<void> {
  try {
    const { engine, prepare } = await open();
    const started = performance.now();
    const step = await prepare();
    const loss = await step();
    say({ ready: { engine, firstStep: performance.now() - started, loss } });
    for await (const line of createInterface({ input: process.stdin })) {
      const { steps } = JSON.parse(line) as { steps: number };
      const milliseconds: number[] = [];
      const losses: number[] = [];
      while (losses.length < steps) {
        const started = performance.now();
        losses.push(await step());
        milliseconds.push(performance.now() - started);
      }
      say({ steps: { milliseconds, losses } });
    }
    say({ end: { peakMemory: peakMemory() } });
  } catch (error) {
    say({ unavailable: (error as Error).message });
  }
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

// Bytes. On Linux the process's own: resourceUsage begins with what its parent held.
function peakMemory(): number {
  const status = '/proc/self/status';
  const kilobytes = existsSync(status) ? /VmHWM:\s+(\d+)/.exec(readFileSync(status, 'utf8'))?.[1] : undefined;
  return Number(kilobytes ?? process.resourceUsage().maxRSS) * 1024;
}
