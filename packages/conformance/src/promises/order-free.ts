import { evaluationPass, type HeadLoss, type Pass } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { difference, outputsOf } from '../outputs.js';

/** The order of tokens means nothing; `loss` reads the same tokens in an order of that number. */
export async function orderFree(loss: (order: number, pass: Pass) => HeadLoss): Promise<void> {
  const first = await outputsOf(() => loss(0, evaluationPass()));
  const second = await outputsOf(() => loss(1, evaluationPass()));
  const found = difference(first, second, 1e-5);
  if (found !== undefined)
    throw brokenPromise(
      'permuting tokens and positions together changes no loss',
      'the loss and metrics of the same tokens in another order (labels come from `positions`)',
      found,
    );
}
