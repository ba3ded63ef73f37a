import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { BatchPlan, BatchTask, LoadBatch, LoadedBatch } from './load-batch.js';

/** What a thread is asked. */
export interface BatchQuestion {
  readonly id: number;
  readonly task: BatchTask;
}

/** What it answers. */
export interface BatchAnswer {
  readonly id: number;
  readonly loaded?: LoadedBatch;
  /** Of a failure that no example is to blame for. */
  readonly reason?: Error;
}

/** A thread that makes batches, one after the other. */
export interface BatchThread {
  readonly load: LoadBatch;
  /** Batches that were asked for and aren't there yet. */
  readonly underWay: () => number;
  /** False once it has ended, for whatever reason; then nothing may be asked of it. */
  readonly isAlive: () => boolean;
  /** Ends the thread; what is under way fails. */
  readonly close: () => Promise<void>;
}

/** Where the thread's program lies: beside this one; from source, as in this repository, TypeScript has to be read first. */
function program(): { readonly file: string; readonly execArgv?: string[] } {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(
    new URL(isSource ? './source-worker.mjs' : './batch-worker.js', import.meta.url),
  );
  if (!existsSync(file))
    throw new Error(
      `The program of the worker threads, ${file}, isn't there. If a bundler has moved this package, leave @whereabouts/data ` +
        'out of the bundle, or do without worker threads: workers: 0.',
    );
  return isSource ? { file, execArgv: ['--conditions=@whereabouts/source'] } : { file };
}

interface Asker {
  readonly resolve: (loaded: LoadedBatch) => void;
  readonly reject: (reason: unknown) => void;
}

/** Starts a thread. It keeps the process from ending only while a batch is under way. */
export function batchThread(plan: BatchPlan): BatchThread {
  const { file, ...options } = program();
  const worker = new Worker(file, { ...options, workerData: plan });
  worker.unref();
  const waiting = new Map<number, Asker>();
  let asked = 0;
  let ended = false;

  worker.on('message', ({ id, loaded, reason }: BatchAnswer) => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (waiting.size === 0) worker.unref();
    if (loaded) asker?.resolve(loaded);
    else asker?.reject(reason);
  });
  const end = (reason: Error) => {
    ended = true;
    for (const { reject } of waiting.values()) reject(reason);
    waiting.clear();
  };
  worker.on('error', end);
  worker.on('exit', (code) =>
    end(new Error(`A worker thread that loads pictures has ended (code ${code}).`)),
  );

  return {
    load: (task) =>
      new Promise((resolve, reject) => {
        asked += 1;
        waiting.set(asked, { resolve, reject });
        worker.ref();
        worker.postMessage({ id: asked, task } satisfies BatchQuestion);
      }),
    underWay: () => waiting.size,
    isAlive: () => !ended,
    close: async () => {
      await worker.terminate();
    },
  };
}
