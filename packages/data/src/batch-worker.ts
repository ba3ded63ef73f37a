import { parentPort, type TransferListItem, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import type { BatchAnswer, BatchQuestion } from './batch-thread.js';
import { type BatchPlan, batchLoader } from './load-batch.js';

// Many pictures at a time take the cores already, and none is asked for twice in the same way.
sharp.concurrency(1);
sharp.cache(false);

const load = batchLoader(workerData as BatchPlan);

async function answer({ id, task }: BatchQuestion): Promise<void> {
  const answered = await load(task).then(
    (loaded): BatchAnswer => ({ id, loaded }),
    (reason: Error): BatchAnswer => ({ id, reason }),
  );
  const tensors = Object.values(answered.loaded?.batch ?? {});
  const memory = tensors.map(({ values }) => values.buffer as TransferListItem);
  parentPort?.postMessage(answered, memory); // handed over, not copied
}

// One batch after the other, so that the first is there as soon as it can be.
let previous = Promise.resolve();
parentPort?.on('message', (question: BatchQuestion) => {
  previous = previous.then(() => answer(question));
});
