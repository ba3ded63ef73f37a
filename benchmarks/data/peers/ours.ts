// Our data path as a process of its own: prints one JSON object about the task in its first argument.
import { batches, imageNetNormalisation, pictureFiles } from '@whereabouts/data';
import type { Measurement, Task } from '../measurement.js';

const task: Task = JSON.parse(process.argv[2] ?? '');
const { batch, images, warmup, full } = task;
const files = Array.from(
  { length: images + warmup },
  (_, index) => task.files[index % task.files.length] as string,
);
const classes = Int32Array.from(files, (_, index) => index % 10);
const { epoch, close } = batches(pictureFiles({ name: 'train', files, classes }), {
  batchSize: batch,
  imageSize: task.size,
  augmentation: {
    interpolation: 'random',
    ...(full && { randAugment: 'rand-m9-mstd0.5-inc1', randomErasing: {} }),
  },
  ...(full && { mixing: { classes: 10, mixup: 0.8, cutmix: 1 } }),
  normalisation: imageNetNormalisation,
  workers: task.workers,
});

const asked = performance.now();
let [seen, first, started] = [0, 0, 0];
for await (const { images: tensor } of epoch(0)) {
  seen += tensor?.shape[0] ?? 0;
  if (seen === batch) first = performance.now() - asked;
  if (seen === warmup) started = performance.now();
}
const seconds = (performance.now() - started) / 1000;
await close();
const { user, system } = process.cpuUsage();
const measured: Measurement = {
  engine: `Node ${process.versions.node}`,
  imagesPerSecond: (seen - warmup) / seconds,
  cpuMilliseconds: (user + system) / 1000 / seen,
  firstBatch: first,
};
console.log(JSON.stringify(measured));
