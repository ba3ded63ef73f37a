import * as tf from '@tensorflow/tfjs-core';
import { callerIn } from './caller.js';
import { namedTensors } from './named-tensors.js';

/** A tensor that came from nowhere that is known, and the line of a stack where it was used. */
export interface ForeignTensor {
  /** A copy, to be disposed by who asked. */
  readonly tensor: tf.Tensor;
  readonly where: string;
}

type Constants = { constantTensor?: <Constant extends tf.Tensor>(tensor: Constant) => Constant };

/**
 * The tensors of more than one number that `run` uses or hands over and that are neither known nor variables, nor
 * computed from such by kernels, nor declared by `constantTensor`.
 *
 * @param run tells `know` which tensors are known besides
 */
export function foreignTensors(
  given: unknown,
  run: (know: (tensor: tf.Tensor) => void) => unknown,
): readonly ForeignTensor[] {
  const engine = tf.engine();
  const { runKernel } = engine;
  const backend = tf.backend() as Constants;
  const own = Object.getOwnPropertyDescriptor(backend, 'constantTensor');
  const known = new Set<object>();
  const foreign: ForeignTensor[] = [];
  const know = (value: unknown) => {
    for (const tensor of Object.values(namedTensors(value))) known.add(tensor.dataId);
  };
  const use = (value: unknown) => {
    for (const tensor of Object.values(namedTensors(value))) {
      if (tensor instanceof tf.Variable || tensor.size < 2 || known.has(tensor.dataId)) continue;
      known.add(tensor.dataId);
      foreign.push({ tensor: tf.keep(tensor.clone()), where: callerIn(new Error().stack) });
    }
  };

  know(given);
  backend.constantTensor = (tensor) => {
    know(tensor);
    return tensor;
  };
  engine.runKernel = <Output extends tf.Tensor | tf.Tensor[]>(
    ...call: Parameters<typeof runKernel>
  ): Output => {
    use(call[1]);
    const output = runKernel.apply(engine, call) as Output;
    know(output);
    return output;
  };
  try {
    tf.tidy(() => use(run(know)));
  } finally {
    engine.runKernel = runKernel;
    delete backend.constantTensor;
    if (own !== undefined) Object.defineProperty(backend, 'constantTensor', own);
  }
  return foreign;
}
