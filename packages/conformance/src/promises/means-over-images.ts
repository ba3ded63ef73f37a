import type { HeadLoss, Pass } from '@whereabouts/layers';
import { evaluationPass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { difference, outputsOf } from '../outputs.js';

/** Losses and metrics are means, so that those of several batches can be averaged; `loss` reads each image so many times. */
export async function meansOverImages(loss: (times: number, pass: Pass) => HeadLoss): Promise<void> {
  const once = await outputsOf(() => loss(1, evaluationPass()));
  const twice = await outputsOf(() => loss(2, evaluationPass()));
  const found = difference(once, twice, 1e-5);
  if (found !== undefined)
    throw brokenPromise(
      'losses and metrics are means over the images',
      'the same for a batch that holds each image twice',
      found,
    );
}
