import * as tf from '@tensorflow/tfjs-core';
import { brokenPromise } from '../broken-promise.js';
import { foreignTensors } from '../foreign-tensors.js';
import { recordedPass } from '../recorded-pass.js';
import type { Specimen } from '../specimen.js';

/** A pass computes with its input, its variables and its draws, so that a compiler freezes no numbers by mistake. */
export async function nothingFrozen(specimen: Specimen): Promise<void> {
  for (const training of [false, true]) {
    const foreign = foreignTensors(specimen.given, (know) =>
      specimen.run(recordedPass({ training, seed: 1, step: 2 }, know).pass),
    );
    const tables = await Promise.all(
      foreign.map(async ({ tensor, where }) => {
        const values = await tensor.data();
        return values.every((value) => value === values[0]) ? [] : [{ tensor, where }];
      }),
    );
    tf.dispose(foreign.map(({ tensor }) => tensor));
    const [table] = tables.flat();
    if (table !== undefined)
      throw brokenPromise(
        'a pass computes with its input, its variables and pass.random alone',
        'a table that never changes to go through constantTensor(…) of @whereabouts/layers, since a compiler would freeze it',
        `a tensor [${table.tensor.shape}] ${table.tensor.dtype} from elsewhere, ${table.where}`,
      );
  }
}
