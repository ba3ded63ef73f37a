import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import { openSession } from './saved-model/session.js';
import { signatureGraph, variableInput, variableSignatures } from './signature-graph.js';
import {
  type Precision,
  scalarInput,
  type TensorFunction,
  type TensorSpec,
  type Trace,
  trace,
} from './trace/trace.js';

/** A function to compile, and the kinds of its inputs. */
export interface FunctionSpec {
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  readonly run: TensorFunction;
}

/** What a call gives besides its inputs. */
export interface CallOptions {
  /** Of the randomness, see `createRandom`; 0 unless given. */
  readonly seed?: number;
  /** Of the randomness; 0 unless given. */
  readonly step?: number;
  /** The numbers that the function asks for by name. */
  readonly scalars?: Readonly<Record<string, number>>;
}

/** Compiled functions and the variables that they share. */
export interface Compiled<Name extends string> {
  /**
   * Runs one of the functions; the caller owns the tensors that it gives.
   *
   * @throws when inputs are missing, or differ in shape or dtype from what was compiled
   */
  readonly run: (
    name: Name,
    inputs: Readonly<Record<string, tf.Tensor>>,
    options?: CallOptions,
  ) => Record<string, tf.Tensor>;
  /** Whether a function assigns variables. */
  readonly assigns: (name: Name) => boolean;
  /** Brings the values that the graph holds into the variables. */
  readonly pull: () => void;
  /** Brings the values of the variables into the graph. */
  readonly push: () => void;
  /** Frees the graph and the values that it holds. */
  readonly dispose: () => void;
}

export function compile<Name extends string>(
  functions: Readonly<Record<Name, FunctionSpec>>,
  options: { readonly precision?: Precision } = {},
): Compiled<Name> {
  const { precision = 'float32' } = options;
  const traces = new Map<string, Trace>(
    Object.entries<FunctionSpec>(functions).map(([name, { run, inputs }]) => [
      name,
      trace(run, inputs, precision),
    ]),
  );
  const variables = [
    ...new Set([...traces.values()].flatMap(({ variables }) => variables.map(({ variable }) => variable))),
  ];
  const graphs = [...traces].map(([name, trace], index) => ({
    name,
    ...signatureGraph(trace, `f${index}/`),
  }));
  const moving = variableSignatures(variables);
  const library = new Map(
    graphs.flatMap(({ functions }) => functions.map((one) => [one.name, one] as const)),
  );
  const session = openSession({
    nodes: [...graphs.flatMap(({ nodes }) => nodes), ...moving.nodes],
    functions: [...library.values()],
    signatures: {
      ...moving.signatures,
      ...Object.fromEntries(graphs.map(({ name, signature }) => [name, signature])),
    },
  });

  const push = () => {
    const values = Object.fromEntries(variables.map((variable, index) => [variableInput(index), variable]));
    tf.dispose(session.run('variables/assign', values));
  };
  push();
  return {
    run: (name, inputs, { seed = 0, step = 0, scalars = {} } = {}) => {
      const { draws, scalars: wanted } = traces.get(name) as Trace;
      const random = createRandom({ seed, step });
      const asked = Object.fromEntries([
        ...draws.map(({ input, kind, path, shape }) => [input, random[kind](path, shape)] as const),
        ...wanted.map((scalar) => [scalarInput(scalar), tf.scalar(given(scalars, scalar, name))] as const),
      ]);
      try {
        return session.run(name, { ...inputs, ...asked });
      } finally {
        tf.dispose(asked);
      }
    },
    assigns: (name) => traces.get(name)?.variables.some(({ assigned }) => assigned !== undefined) ?? false,
    pull: () => {
      const values = session.run('variables/fetch', {});
      for (const [index, variable] of variables.entries())
        variable.assign(values[variableInput(index)] as tf.Tensor);
      tf.dispose(values);
    },
    push,
    dispose: session.dispose,
  };
}

function given(scalars: Readonly<Record<string, number>>, scalar: string, name: string): number {
  const value = scalars[scalar];
  if (value !== undefined) return value;
  throw new Error(
    `The compiled function ${name} reads the scalar ${scalar}, but this call gave only: ${Object.keys(scalars).join(', ') || 'none'}.`,
  );
}
