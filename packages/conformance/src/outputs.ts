import * as tf from '@tensorflow/tfjs-core';
import { type NamedTensors, namedTensors } from './named-tensors.js';

/** Tensors that were read into host memory, by name. */
export type Outputs = Readonly<Record<string, Output>>;

interface Output {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly values: ArrayLike<number>;
}

/** Reads tensors without disposing them. */
export async function readTensors(tensors: NamedTensors): Promise<Outputs> {
  const entries = Object.entries(tensors).map(async ([name, tensor]): Promise<[string, Output]> => {
    const { shape, dtype } = tensor;
    return [name, { shape, dtype, values: (await tensor.data()).slice() }];
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Runs something under `tidy` and reads every tensor in what it hands over. */
export async function outputsOf(run: () => unknown): Promise<Outputs> {
  // Copies, since a constant of the model may be among its outputs, and must live on.
  const copies = tf.tidy(() =>
    Object.fromEntries(Object.entries(namedTensors(run())).map(([name, tensor]) => [name, tensor.clone()])),
  );
  const outputs = await readTensors(copies);
  tf.dispose(copies);
  return outputs;
}

/**
 * Says in what two outputs differ; undefined when their names and shapes are equal and all values to `tolerance`,
 * relative to the largest of their tensor.
 */
export function difference(first: Outputs, second: Outputs, tolerance: number): string | undefined {
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])];
  for (const name of names) {
    const [a, b] = [first[name], second[name]];
    if (a === undefined || b === undefined) return `${name} in one of them only`;
    if (a.shape.join() !== b.shape.join()) return `${name} as [${a.shape}] and as [${b.shape}]`;
    const relative = relativeDifference(a.values, b.values);
    if (!(relative <= tolerance))
      return `${name} to differ by ${relative.toPrecision(2)} of its largest value`;
  }
  return undefined;
}

function relativeDifference(first: ArrayLike<number>, second: ArrayLike<number>): number {
  let scale = 1e-6;
  let worst = 0;
  for (let index = 0; index < first.length; index += 1) {
    const [a, b] = [first[index] ?? Number.NaN, second[index] ?? Number.NaN];
    scale = Math.max(scale, Math.abs(a));
    worst = Math.max(worst, Math.abs(a - b)); // NaN stays
  }
  return worst / scale;
}
