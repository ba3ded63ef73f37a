import * as tf from '@tensorflow/tfjs-core';
import type { Again, Graph, Value } from '../graph/graph.js';
import { engineState } from './engine-state.js';

type Compute = (...inputs: tf.Tensor[]) => tf.Tensor | tf.Tensor[];

/** `runKernelFunc` of the engine, which unlike `customGrad` allows several outputs. */
interface CustomOperations {
  runKernelFunc(operation: {
    readonly inputs: Record<string, tf.Tensor>;
    readonly forwardFunc: (backend: unknown, save: (tensors: tf.Tensor[]) => void) => tf.Tensor | tf.Tensor[];
    readonly backwardsFunc: (
      upstream: tf.Tensor | tf.Tensor[],
      saved: tf.Tensor[],
    ) => Record<string, () => tf.Tensor>;
  }): tf.Tensor | tf.Tensor[];
}

/**
 * What `fused` does during a trace: records the function as one region that keeps nothing but its inputs, and its
 * gradient as a second region, which computes the function anew.
 */
export function region(
  graph: Graph,
  recordedValue: (tensor: tf.Tensor) => Value,
): (compute: Compute, inputs: readonly tf.Tensor[]) => tf.Tensor | tf.Tensor[] {
  let inside = false;
  const record = <Recorded>(run: (region: number) => Recorded, again?: Again): Recorded => {
    inside = true;
    try {
      return graph.inRegion(run, again);
    } finally {
      inside = false;
    }
  };
  return (compute, inputs) => {
    if (inside) return compute(...inputs); // the outer region computes all of it anew
    let forward = 0;
    return (tf.engine() as unknown as CustomOperations).runKernelFunc({
      inputs: Object.fromEntries(inputs.map((input, index) => [String(index), input])),
      forwardFunc: (_backend, save) => {
        save([...inputs]);
        return record((region) => {
          forward = region;
          return compute(...inputs);
        });
      },
      backwardsFunc: (upstream, saved) => {
        const above = [upstream].flat();
        const gradients = record(() => pullBack(compute, saved, above), {
          of: forward,
          upstream: above.map(recordedValue),
        });
        return Object.fromEntries(gradients.map((gradient, index) => [String(index), () => gradient]));
      },
    });
  };
}

/** The gradients at `inputs` of what `compute` gives, for the gradients `upstream` of its outputs. */
function pullBack(compute: Compute, inputs: tf.Tensor[], upstream: readonly tf.Tensor[]): tf.Tensor[] {
  const state = engineState();
  const { activeTape } = state; // of the gradient that we are part of; a gradient inside would clear it
  const weighted = () => {
    const outputs = [compute(...inputs)].flat();
    const sums = outputs.map((output, index) => tf.sum(tf.mul(output, upstream[index] as tf.Tensor)));
    return tf.addN(sums);
  };
  try {
    const [only] = upstream;
    const { grads } =
      upstream.length === 1
        ? tf.engine().gradients(() => compute(...inputs) as tf.Tensor, inputs, only, true)
        : tf.engine().gradients(weighted, inputs, undefined, true);
    return grads.map((gradient, index) => gradient ?? tf.zerosLike(inputs[index] as tf.Tensor));
  } finally {
    state.activeTape = activeTape;
  }
}
