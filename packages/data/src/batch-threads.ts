import { type BatchThread, batchThread } from './batch-thread.js';
import { type BatchExample, type BatchPlan, batchLoader, type LoadBatch } from './load-batch.js';
import type { Picture } from './picture.js';

/** Threads that make batches. */
export interface BatchThreads {
  readonly load: LoadBatch;
  /** Ends the threads; what is under way fails. The next `load` starts them again. */
  readonly close: () => Promise<void>;
}

/** How long threads wait for another batch before they end, in milliseconds. */
const patience = 10_000;

/** Pixels that are a part of something larger are copied out, since all of it would cross to the thread with them. */
function portable(example: BatchExample): BatchExample {
  const { picture } = example;
  if (picture === undefined || isShared(picture) || isAlone(picture)) return example;
  return { ...example, picture: { ...picture, pixels: picture.pixels.slice() } };
}

const isShared = ({ pixels }: Picture) => pixels.buffer instanceof SharedArrayBuffer;
const isAlone = ({ pixels }: Picture) => pixels.byteLength === pixels.buffer.byteLength;

/**
 * Starts up to `workers` threads, each when all others have something to do; they end when nothing was asked of them for a
 * while, and never keep the process from ending. With 0 workers, batches are made on this thread.
 */
export function batchThreads(plan: BatchPlan, workers: number): BatchThreads {
  if (workers === 0) return { load: batchLoader(plan), close: async () => {} };
  let threads: BatchThread[] = [];
  let idle: NodeJS.Timeout | undefined;

  const close = async () => {
    clearTimeout(idle);
    const ending = threads;
    threads = [];
    await Promise.all(ending.map((thread) => thread.close()));
  };
  const leastBusy = (): BatchThread => {
    threads = threads.filter((thread) => thread.isAlive());
    const [first] = [...threads].sort((one, other) => one.underWay() - other.underWay());
    if (first && (first.underWay() === 0 || threads.length === workers)) return first;
    const another = batchThread(plan);
    threads.push(another);
    return another;
  };
  return {
    load: async (task) => {
      clearTimeout(idle);
      try {
        return await leastBusy().load({ ...task, examples: task.examples.map(portable) });
      } finally {
        if (threads.every((thread) => thread.underWay() === 0)) idle = setTimeout(close, patience).unref();
      }
    },
    close,
  };
}
