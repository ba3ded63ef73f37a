import * as tf from '@tensorflow/tfjs-core';
import type { Random } from '@whereabouts/layers';
import { bfloat16Products } from '../graph/bfloat16-products.js';
import { createGraph, type Graph, type Value } from '../graph/graph.js';
import { inputName } from '../input-name.js';
import { kernels } from '../kernels/kernels.js';
import { callerIn } from './caller.js';
import { engineState, withoutCounting } from './engine-state.js';
import { liftVariables, type VariableUse } from './lift-variables.js';
import { type Draw, randomInputs } from './random-inputs.js';
import { symbolicBackend, symbolicName } from './symbolic-backend.js';

/** Shape and dtype of an input. */
export interface TensorSpec {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
}

/** In what precision products (of matrices, convolutions) are computed; all else is float32, though GELU is no more exact than they are. */
export type Precision = 'float32' | 'bf16';

/** What a function may ask for besides its inputs; it becomes an input of the graph when it is asked for. */
export interface Surroundings {
  /** Drawn anew for every call. */
  readonly random: Random;
  /** A number that every call gives, by its name: `[] float32`. */
  readonly scalar: (name: string) => tf.Scalar;
}

/** A function of TensorFlow.js ops: tensors in, tensors out; it may assign variables. */
export type TensorFunction = (
  inputs: Readonly<Record<string, tf.Tensor>>,
  surroundings: Surroundings,
) => Readonly<Record<string, tf.Tensor>>;

/** The input that carries a scalar. */
export const scalarInput = (name: string): string => inputName('scalar', name);

/** What a function does, as a graph. */
export interface Trace {
  readonly graph: Graph;
  readonly inputs: Readonly<Record<string, Value>>;
  /** The random inputs that it asked for. */
  readonly draws: readonly Draw[];
  /** The names of the scalars that it asked for, which are inputs by the name `scalarInput` gives. */
  readonly scalars: readonly string[];
  readonly outputs: Readonly<Record<string, Value>>;
  readonly variables: readonly VariableUse[];
}

/**
 * Runs a function once with tensors that hold no numbers, and records what it does.
 *
 * @throws what the function throws; and on ops that cannot be recorded, numbers that would be frozen, values read back,
 *   and variables made inside; the engine is then as it was before
 */
export function trace(
  run: TensorFunction,
  inputs: Readonly<Record<string, TensorSpec>>,
  precision: Precision,
): Trace {
  const plain = createGraph();
  const roundsProducts = precision === 'bf16';
  const graph = roundsProducts ? bfloat16Products(plain) : plain;
  const symbolic = symbolicBackend(graph, kernels, { roundsProducts });
  const placeholder = ({ shape, dtype }: TensorSpec): Value =>
    graph.add('Placeholder', [], {
      attributes: { dtype: { type: dtype }, shape: { shape } },
      outputs: [{ shape, dtype }],
      distinct: true,
    }).outputs[0] as Value;
  const placeholders = Object.fromEntries(
    Object.entries(inputs).map(([name, spec]) => [name, placeholder(spec)]),
  );
  const tensorOf = (value: Value) =>
    tf.engine().makeTensorFromTensorInfo({
      dataId: symbolic.remember(value),
      shape: [...value.shape],
      dtype: value.dtype as tf.DataType,
    });
  const asked = new Map<string, Value>();
  const askers = new Map(Object.keys(inputs).map((name) => [name, `the input ${name}`]));
  const ask = (input: string, shape: readonly number[], asker: string) => {
    const other = askers.get(input) ?? asker;
    if (other !== asker)
      throw new Error(`In a graph, ${other} and ${asker} would both be named ${input}; rename one of them.`);
    askers.set(input, asker);
    const value = asked.get(input) ?? placeholder({ shape, dtype: 'float32' });
    asked.set(input, value);
    return tensorOf(value);
  };
  const draws = new Map<string, Draw>();
  const scalars = new Set<string>();
  const surroundings: Surroundings = {
    random: randomInputs((draw) => {
      draws.set(draw.input, draw);
      return ask(draw.input, draw.shape, `the random tensor ${draw.path} [${draw.shape}] (${draw.kind})`);
    }),
    scalar: (name) => {
      scalars.add(name);
      return ask(scalarInput(name), [], `the scalar ${name}`) as tf.Scalar;
    },
  };

  return onSymbolicBackend(symbolic, () => {
    const lifted = liftVariables(graph, symbolic);
    let created: readonly string[] = [];
    let result: Pick<Trace, 'outputs' | 'variables'>;
    try {
      const given = Object.fromEntries(
        Object.entries(placeholders).map(([name, value]) => [name, tensorOf(value)]),
      );
      const outputs = run(given, surroundings);
      result = {
        outputs: Object.fromEntries(
          Object.entries(outputs).map(([name, tensor]) => [name, symbolic.recordedValue(tensor)]),
        ),
        variables: lifted.uses(),
      };
    } catch (error) {
      throw explain(error);
    } finally {
      created = lifted.restore();
    }
    if (created.length > 0)
      throw new Error(
        `A compiled function made variables (${created.join(', ')}); make them before it is compiled, so that they keep their values from call to call.`,
      );
    return {
      graph,
      inputs: { ...placeholders, ...Object.fromEntries(asked) },
      draws: [...draws.values()],
      scalars: [...scalars],
      ...result,
    };
  });
}

function onSymbolicBackend<Result>(
  { backend, kernels: configs }: ReturnType<typeof symbolicBackend>,
  run: () => Result,
): Result {
  const before = tf.getBackend();
  if (before === symbolicName)
    throw new Error('A compiled function cannot compile another one while it is recorded.');
  const { activeTape } = engineState();
  const { stackTraceLimit } = Error;
  tf.registerBackend(symbolicName, () => backend);
  for (const config of configs) tf.registerKernel(config);
  try {
    // Synchronous for a backend that is made synchronously; the promise is only for others.
    void tf.setBackend(symbolicName);
    Error.stackTraceLimit = 50; // so that messages can name the caller, many frames of TensorFlow.js away
    return withoutCounting(run);
  } finally {
    void tf.setBackend(before);
    for (const { kernelName } of configs) tf.unregisterKernel(kernelName, symbolicName);
    tf.removeBackend(symbolicName);
    engineState().activeTape = activeTape;
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function explain(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const missing = /Kernel '(\w+)' not registered/.exec(error.message)?.[1];
  if (missing === undefined) return error;
  return new Error(
    `The op ${missing} cannot be compiled, ${callerIn(error.stack)}. Say it with other ops, or run this function eagerly. ` +
      'Ops whose result has a shape that depends on numbers (unique, whereAsync, booleanMask) and ops that draw random numbers are left out on purpose.',
    { cause: error },
  );
}
