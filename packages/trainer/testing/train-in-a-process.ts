import * as tf from '@tensorflow/tfjs';
import { adamW, type Batches, ema, stopSignals, train } from '../src/index.js';
import { toyBatches, toyObjective } from './toy.js';

// A training in a process of its own, with averages and accumulated gradients. Its arguments: the folder of the
// checkpoints, and the milliseconds that each batch takes. It prints each step that it did, and how it ended.
const [folder = '', pause = '0'] = process.argv.slice(2);
await tf.setBackend('cpu');

const slowly: Batches = {
  length: 10,
  async *epoch(epoch, firstBatch) {
    for await (const batch of toyBatches(10).epoch(epoch, firstBatch)) {
      await new Promise((resolve) => setTimeout(resolve, Number(pause)));
      yield batch;
    }
  },
};
const objective = toyObjective(1);
const stop = stopSignals();
const { reason } = await train({
  objective,
  batches: slowly,
  validation: toyBatches(2),
  epochs: 4,
  accumulate: 2,
  ema: ema({ ...objective, decay: 0.9 }),
  optimiser: adamW(objective),
  learningRate: 0.02,
  checkpoints: { folder, resume: true, everySteps: 3 },
  signal: stop.signal,
  callbacks: [{ onStep: ({ step }) => console.log(`step ${step}`) }],
});
stop.dispose();
console.log(reason);
process.exitCode = stop.exitCode() ?? 0;
