import * as tf from '@tensorflow/tfjs-core';
import { askedInputs, type CallOptions } from './asked-inputs.js';
import type { HostValues } from './graph/dtype.js';
import { type Regions, regionPlans } from './islands/region-plans.js';
import { portableModel } from './portable-model.js';
import { nativeBackend } from './saved-model/native-backend.js';
import { openSession } from './saved-model/session.js';
import { writeSavedModel } from './saved-model/write-saved-model.js';
import { signatureGraph } from './signature-graph.js';
import { symbolicName } from './trace/symbolic-backend.js';
import { type Precision, type TensorFunction, type TensorSpec, trace } from './trace/trace.js';
import { variableInput, variableSignatures } from './variable-signatures.js';

/** A function to compile, and the kinds of its inputs. */
export interface FunctionSpec {
  /** Shape and dtype of every input, by name. */
  readonly inputs: Readonly<Record<string, TensorSpec>>;
  /** Is run once, with tensors that hold no numbers, to record what it does. */
  readonly run: TensorFunction;
}

/** Compiled functions and the variables that they share. */
export interface Compiled<Name extends string> {
  /**
   * Runs one of the functions, and blocks until its outputs are there; the caller owns the tensors that it gives.
   *
   * @throws when inputs or scalars are missing, or inputs differ in shape or dtype from what was compiled
   */
  readonly run: (
    name: Name,
    inputs: Readonly<Record<string, tf.Tensor>>,
    options?: CallOptions,
  ) => Record<string, tf.Tensor>;
  /** Whether a function assigns variables. */
  readonly assigns: (name: Name) => boolean;
  /**
   * Brings the values that the graph holds into the variables.
   *
   * @throws when one of them was disposed
   */
  readonly pull: () => void;
  /**
   * Brings the values of the variables into the graph.
   *
   * @throws when one of them was disposed
   */
  readonly push: () => void;
  /**
   * Writes the functions and the values that the graph holds at this moment as a SavedModel folder, which
   * `tf.node.loadSavedModel` and Python's `tf.saved_model.load` open; TensorFlow Serving takes the same format. Every
   * function is a signature by its name; the random tensors and scalars that it asks for are further inputs, `random_…` and
   * `scalar_…`. One that gives nothing has an output `done`.
   *
   * @throws when the folder holds a SavedModel already, or the model has 2 GiB or more
   */
  readonly save: (folder: string) => Promise<void>;
  /** Frees the graph and the values that it holds; the variables keep theirs, see `pull`. */
  readonly dispose: () => void;
}

/**
 * Compiles functions of TensorFlow.js ops into one TensorFlow graph. All of them share the variables that they read and
 * assign; the graph holds values of its own for these, which begin as those of the variables (see `push` and `pull`).
 *
 * @param options.precision of products; `float32` unless given
 * @param options.regions what XLA compiles: `between-products`, or the `whole` function; unless given, the former on a
 *   processor and the latter on a graphics card
 * @throws when the backend is not the native one (see `canCompile`), and when a function cannot be recorded: it uses an op
 *   that is left out, takes numbers from outside, reads numbers back, or makes variables
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { canCompile, compile } from '@whereabouts/xla';
 *
 * const total = tf.variable(tf.zeros([2]));
 * const x = { shape: [2], dtype: 'float32' } as const;
 * if (canCompile()) {
 *   const compiled = compile({
 *     add: { inputs: { x }, run: ({ x }) => { total.assign(tf.add(total, x!)); return {}; } },
 *     total: { inputs: {}, run: () => ({ total }) },
 *   });
 *   for (const numbers of [[1, 2], [3, 4]]) compiled.run('add', { x: tf.tensor1d(numbers) });
 *   Array.from(compiled.run('total', {}).total!.dataSync()); // => [4, 6]
 *   compiled.dispose();
 * }
 * ```
 */
export function compile<Name extends string>(
  functions: Readonly<Record<Name, FunctionSpec>>,
  options: { readonly precision?: Precision; readonly regions?: Regions } = {},
): Compiled<Name> {
  // What is missing is said before the seconds that recording takes; during a recording, `trace` says more.
  const onGpu = tf.getBackend() !== symbolicName && nativeBackend().isUsingGpuDevice;
  const { precision = 'float32', regions = onGpu ? 'whole' : 'between-products' } = options;
  const graphs = new Map(
    Object.entries<FunctionSpec>(functions).map(([name, { run, inputs }], index) => {
      const checked: TensorFunction = (...given) => requireTensors(name, run(...given));
      const recorded = trace(checked, inputs, precision);
      const { draws, scalars, variables } = recorded;
      const outputs = Object.keys(recorded.outputs);
      return [
        name,
        {
          draws,
          scalars,
          variables,
          outputs,
          ...signatureGraph(recorded, `f${index}/`, regionPlans[regions]),
        },
      ] as const;
    }),
  );
  const variables = [
    ...new Set([...graphs.values()].flatMap(({ variables }) => variables.map(({ variable }) => variable))),
  ];
  const moving = variableSignatures(variables);
  const taken = Object.keys(moving.signatures).find((name) => graphs.has(name));
  if (taken !== undefined)
    throw new Error(`A function cannot be named "${taken}": that moves the variables.`);
  const nodes = [...graphs.values()].flatMap(({ nodes }) => nodes);
  const library = [
    ...new Map(
      [...graphs.values()].flatMap(({ functions }) => functions.map((one) => [one.name, one] as const)),
    ).values(),
  ];
  const signatures = Object.fromEntries([...graphs].map(([name, { signature }]) => [name, signature]));
  const session = openSession({
    nodes: [...nodes, ...moving.nodes],
    functions: library,
    signatures: { ...signatures, ...moving.signatures },
  });

  let open = true;
  const requireOpen = (what: string) => {
    if (!open) throw new Error(`${what} is not possible: these compiled functions were disposed.`);
  };
  const graphOf = (name: string) => {
    const graph = graphs.get(name);
    if (graph !== undefined) return graph;
    throw new Error(
      `There is no compiled function "${name}"; there are ${[...graphs.keys()].join(', ') || 'none'}.`,
    );
  };
  const dispose = () => {
    open = false;
    session.dispose();
  };
  const push = () => {
    requireOpen('push');
    requireAlive(variables);
    const values = Object.fromEntries(variables.map((variable, index) => [variableInput(index), variable]));
    tf.dispose(session.run('variables/assign', values));
  };
  try {
    push();
  } catch (error) {
    dispose();
    throw error;
  }
  return {
    run: (name, inputs, options = {}) => {
      requireOpen(`run("${name}")`);
      const graph = graphOf(name);
      return tf.tidy(() => {
        const results = session.run(name, { ...inputs, ...askedInputs(name, graph, options) });
        return Object.fromEntries(graph.outputs.map((output) => [output, results[output] as tf.Tensor]));
      });
    },
    assigns: (name) => graphOf(name).variables.some(({ assigned }) => assigned !== undefined),
    pull: () => {
      requireOpen('pull');
      requireAlive(variables);
      tf.tidy(() => {
        const values = session.run('variables/fetch', {});
        for (const [index, variable] of variables.entries())
          variable.assign(values[variableInput(index)] as tf.Tensor);
      });
    },
    push,
    save: async (folder) => {
      requireOpen('save');
      const held = session.run('variables/fetch', {});
      const values = variables.map((variable, index) => ({
        variable,
        values: (held[variableInput(index)] as tf.Tensor).dataSync() as HostValues,
      }));
      tf.dispose(held);
      await writeSavedModel(
        folder,
        portableModel({ nodes, functions: library, signatures, variables: values }),
      );
    },
    dispose,
  };
}

function requireTensors(name: string, outputs: unknown): Record<string, tf.Tensor> {
  const wrong =
    typeof outputs !== 'object' || outputs === null || outputs instanceof Promise
      ? `gave ${outputs instanceof Promise ? 'a promise' : String(outputs)}`
      : Object.entries(outputs)
          .filter(([, output]) => !(output instanceof tf.Tensor))
          .map(([output, value]) => `gave ${output}: ${String(value)}`)[0];
  if (wrong === undefined) return outputs as Record<string, tf.Tensor>;
  throw new Error(`The function "${name}" must give a record of tensors, such as { y }, but ${wrong}.`);
}

function requireAlive(variables: readonly tf.Variable[]): void {
  const dead = variables.filter(({ isDisposed }) => isDisposed);
  if (dead.length === 0) return;
  const names = dead.map(({ name, dtype, shape }) => `${name} (${dtype} [${shape}])`);
  throw new Error(
    `Compiled functions use variables that were disposed: ${names.join(', ')}. Dispose the compiled functions first, or compile anew for other variables.`,
  );
}
