import * as tf from '@tensorflow/tfjs-core';
import type { Dtype, HostValues } from '../graph/dtype.js';
import type { Graph, Value } from '../graph/graph.js';
import type { Kernels } from '../kernels/kernel.js';
import { callerIn } from './caller.js';
import { type HostData, recordHostData } from './host-data.js';
import { region } from './region.js';

/** The name under which the backend is registered during a trace. */
export const symbolicName = 'whereabouts-symbolic';

/** A tensor's key in the engine, which holds no number but stands for a value of the graph. */
export type DataId = object;

/** A backend whose kernels compute nothing, but record what is to be computed. */
export interface SymbolicBackend {
  /** What TensorFlow.js wants a backend to be. */
  readonly backend: tf.KernelBackend;
  readonly kernels: readonly tf.KernelConfig[];
  /** A new key for a value, or for one that is recorded once it is read. */
  readonly remember: (value: Value | (() => Value)) => DataId;
  /** The value that a tensor stands for; a tensor of another backend becomes a constant, see `recordHostData`. */
  readonly recordedValue: (tensor: tf.TensorInfo) => Value;
}

/**
 * Makes a backend that records into `graph`.
 *
 * @param options.roundsProducts whether the graph's products are in bfloat16, which functions may ask
 */
export function symbolicBackend(
  graph: Graph,
  kernels: Kernels,
  { roundsProducts }: { readonly roundsProducts: boolean },
): SymbolicBackend {
  const values = new Map<DataId, Value | (() => Value)>();
  const host = new Map<DataId, HostData>();
  const remember = (value: Value | (() => Value)): DataId => {
    const dataId = {};
    values.set(dataId, value);
    return dataId;
  };
  const hostDataOf = ({ dataId, shape, dtype }: tf.TensorInfo): HostData => {
    const known = host.get(dataId);
    if (known !== undefined) return { ...known, shape };
    const data = tf.engine().readSync(dataId) as HostValues;
    return { dtype: dtype as Dtype, shape, values: data, stack: new Error().stack, declared: false };
  };
  const recordedValue = (tensor: tf.TensorInfo): Value => {
    const known = values.get(tensor.dataId);
    const value =
      known === undefined
        ? recordHostData(graph, hostDataOf(tensor))
        : typeof known === 'function'
          ? known()
          : known;
    values.set(tensor.dataId, value);
    return value;
  };

  const configOf = ([kernelName, kernel]: [string, Kernels[string]]): tf.KernelConfig => ({
    kernelName,
    backendName: symbolicName,
    kernelFunc: ({ inputs, attrs }) => {
      const given = Object.entries(inputs).filter(([, tensor]) => tensor !== undefined && tensor !== null);
      const result = kernel.record({
        graph,
        inputs: Object.fromEntries(
          given.map(([name, tensor]) => [name, recordedValue(tensor as tf.TensorInfo)]),
        ),
        attributes: attrs ?? {},
      });
      const describe = (value: Value) =>
        ({ dataId: remember(value), shape: [...value.shape], dtype: value.dtype }) as tf.TensorInfo;
      return 'node' in result ? describe(result) : result.map(describe);
    },
  });

  const backend = {
    write: (data: HostValues | string[], shape: number[], dtype: tf.DataType): DataId => {
      const dataId = {};
      const numbers = typedValues(data, dtype);
      host.set(dataId, { dtype, shape, values: numbers, stack: new Error().stack, declared: false });
      return dataId;
    },
    readSync: refuseToRead,
    read: refuseToRead,
    // Every tensor has a key of its own, so that disposing one harms no other; the values live as long as the trace.
    disposeData: () => true,
    incRef: () => {},
    decRef: () => true,
    refCount: () => 1,
    numDataIds: () => 0,
    memory: () => ({ unreliable: true }),
    floatPrecision: () => 32 as const,
    epsilon: () => 1e-7,
    timerAvailable: () => false,
    dispose: () => {},
    constantTensor: <Constant extends tf.Tensor>(tensor: Constant): Constant => {
      if (!values.has(tensor.dataId)) host.set(tensor.dataId, { ...hostDataOf(tensor), declared: true });
      return tensor;
    },
    fused: region(graph, recordedValue),
    roundsProducts,
  };
  return {
    backend: backend as unknown as tf.KernelBackend,
    kernels: Object.entries(kernels).map(configOf),
    remember,
    recordedValue,
  };
}

function typedValues(data: HostValues | string[], dtype: tf.DataType): HostValues {
  if (dtype === 'string' || dtype === 'complex64')
    throw new Error(`A compiled function took ${dtype} values from outside; hand them in as an input.`);
  if (!Array.isArray(data)) return data;
  const numbers = data.map(Number);
  return dtype === 'float32'
    ? Float32Array.from(numbers)
    : dtype === 'int32'
      ? Int32Array.from(numbers)
      : Uint8Array.from(numbers);
}

function refuseToRead(): never {
  throw new Error(
    `A compiled function read a tensor's numbers (dataSync, arraySync, print, or an op that needs them on the host), ` +
      `${callerIn(new Error().stack)}. While it is recorded there are none; compute with TensorFlow.js ops only.`,
  );
}
