import type * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from '../graph/dtype.js';
import type { Signature } from '../graph/saved-model.js';

/** A signature made ready for many calls. */
export interface SignatureCall {
  /** The inputs in the order of the signature, as the native backend wants them described. */
  readonly inputInfos: readonly { readonly name: string }[];
  /** What to fetch, `node:output`, in the order of `outputNames`. */
  readonly fetches: readonly string[];
  readonly outputNames: readonly string[];
  /**
   * The tensors in the order of the signature.
   *
   * @throws when inputs are missing, unknown or disposed, or differ from the signature in dtype or shape
   */
  readonly ordered: (inputs: Readonly<Record<string, tf.Tensor>>) => tf.Tensor[];
}

const carried: readonly Dtype[] = ['float32', 'int32', 'bool', 'complex64', 'string'];

/**
 * Makes a signature ready for calls.
 *
 * @throws when it has dtypes that TensorFlow.js has not
 */
export function signatureCall(name: string, { inputs, outputs }: Signature): SignatureCall {
  for (const [key, { dtype }] of [...Object.entries(inputs), ...Object.entries(outputs)])
    if (!carried.includes(dtype))
      throw new Error(
        `"${key}" of the signature "${name}" is ${dtype}, which TensorFlow.js does not carry (it has ${carried.join(', ')}); cast it inside the graph.`,
      );
  const expected = Object.entries(inputs);
  const ordered: SignatureCall['ordered'] = (given) => {
    const tensors = expected.map(([key, { dtype, shape }]) => {
      const tensor = given[key];
      if (tensor === undefined || tensor.isDisposed || tensor.dtype !== dtype || !equal(tensor.shape, shape))
        throw new Error(
          `The input "${key}" of "${name}" must be ${dtype} [${shape.join(', ')}], and ${described(tensor)}.`,
        );
      return tensor;
    });
    const unknown = Object.keys(given).filter((key) => !Object.hasOwn(inputs, key));
    if (unknown.length > 0)
      throw new Error(
        `"${name}" takes ${expected.map(([key]) => key).join(', ') || 'no inputs'}, and was given ${unknown.join(', ')} too.`,
      );
    return tensors;
  };
  return {
    inputInfos: expected.map(([, { tensor }]) => ({ name: tensor })),
    fetches: Object.values(outputs).map(({ tensor }) => tensor),
    outputNames: Object.keys(outputs),
    ordered,
  };
}

function described(tensor: tf.Tensor | undefined): string {
  if (tensor === undefined) return 'was not given';
  if (tensor.isDisposed) return 'is a tensor that was disposed';
  return `is ${tensor.dtype} [${tensor.shape.join(', ')}]`;
}

function equal(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((size, index) => size === other[index]);
}
