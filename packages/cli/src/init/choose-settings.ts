import type { TrainingRequest } from '../settings/training-config.js';
import type { DataFacts } from './look-at-data.js';

/** Sides that patches divide well, in pixels. */
const sides = [16, 24, 28, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224];

/** What a training on a few thousand steps learns something in. */
const wantedSteps = 3000;

/** Settings to begin with for a data set: no larger than its pictures, about 3,000 steps, 10 to 300 epochs. */
export function chooseSettings(path: string, { pictures, side }: DataFacts): TrainingRequest {
  const imageSize = sides.filter((fitting) => fitting <= side).at(-1) ?? 16;
  const patchSize = imageSize <= 48 ? 4 : imageSize <= 128 ? 8 : 16;
  const batchSize = [64, 32, 16, 8, 4, 2].find((size) => size * 8 <= pictures) ?? 1;
  const stepsPerEpoch = Math.max(1, Math.floor(pictures / batchSize));
  const epochs = Math.min(300, Math.max(10, Math.round(wantedSteps / stepsPerEpoch)));
  return {
    data: { path, imageSize },
    model: { name: 'vit-tiny', patchSize },
    labels: { absolute: 0.5 },
    training: { batchSize, epochs },
  };
}
