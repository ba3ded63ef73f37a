import * as tf from '@tensorflow/tfjs-core';
import type { HostBatch } from '@whereabouts/layers';
import { type Compiled, compile, type FunctionSpec, type Precision } from '@whereabouts/xla';
import type { Executor, Program, Step } from './executor.js';

/**
 * Runs steps as compiled graphs on the native engine, recorded from the same functions that the eager executor runs op
 * by op; the variables live in the graph between `push` and `pull`.
 *
 * The first run compiles all steps for its kind of batch into one graph, which takes seconds. A batch of another shape,
 * such as the last one of an evaluation, gets a graph of its own when it first comes.
 *
 * @param options.precision of products; `float32` unless given, `bf16` for speed on machines that have it
 * @throws from `run`, when the backend is not the native one, and when a step cannot be recorded
 * @example
 * ```ts
 * import { compiledExecutor } from '@whereabouts/trainer';
 *
 * compiledExecutor({ precision: 'bf16' }).name; // => 'compiled bf16'
 * ```
 */
export function compiledExecutor(options: { readonly precision?: Precision } = {}): Executor {
  const { precision = 'float32' } = options;
  return {
    name: `compiled ${precision}`,
    prepare: async (steps) => compiledProgram(steps, precision),
  };
}

/** Some of the steps for one kind of batch. */
interface Graph {
  readonly steps: Compiled<string>;
  /** The names of the numbers that each step gives, in the order in which they are stacked. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** Which state of the variables it holds. */
  state: number;
}

function compiledProgram<Name extends string>(
  steps: Readonly<Record<Name, Step>>,
  precision: Precision,
): Program<Name> {
  const graphs = new Map<string, Graph>();
  let newest: Graph | undefined; // undefined = the variables themselves
  let state = 0;

  const graphFor = (name: Name, batch: HostBatch): Graph => {
    const key = `${name} ${kindOf(batch)}`;
    const known = graphs.get(key);
    if (known !== undefined) return known;
    newest?.steps.pull();
    const chosen: Readonly<Record<string, Step>> = graphs.size === 0 ? steps : { [name]: steps[name] };
    const graph = { ...compileSteps(chosen, batch, precision), state };
    for (const step of Object.keys(chosen)) graphs.set(`${step} ${kindOf(batch)}`, graph);
    return graph;
  };

  return {
    run: async (name, { batch, scalars, seed, step }) => {
      const graph = graphFor(name, batch);
      if (graph.state !== state) {
        newest?.steps.pull();
        graph.steps.push();
        graph.state = state;
      }
      const inputs = Object.fromEntries(
        Object.entries(batch).map(([field, { values, shape, dtype }]) => [
          field,
          tf.tensor(values, [...shape], dtype),
        ]),
      );
      const outputs = graph.steps.run(name, inputs, { scalars, seed, step });
      if (graph.steps.assigns(name)) {
        state += 1;
        graph.state = state;
        newest = graph;
      }
      const numbers = outputs.stacked?.dataSync() ?? [];
      tf.dispose([inputs, outputs]);
      return Object.fromEntries(
        (graph.names.get(name) ?? []).map((key, index) => [key, numbers[index] ?? Number.NaN]),
      );
    },
    pull: async () => newest?.steps.pull(),
    push: async () => {
      state += 1;
      newest = undefined;
    },
    dispose: () => {
      for (const { steps } of new Set(graphs.values())) steps.dispose();
      graphs.clear();
    },
  };
}

/** Compiles steps for the shapes and dtypes of a batch. */
function compileSteps(
  steps: Readonly<Record<string, Step>>,
  batch: HostBatch,
  precision: Precision,
): Omit<Graph, 'state'> {
  const names = new Map<string, readonly string[]>();
  const functions = Object.entries(steps).map(([name, step]): [string, FunctionSpec] => [
    name,
    {
      inputs: batch,
      run: (tensors, { random, scalar }) => {
        // A step reads its numbers from a record; which ones it wants shows when it does.
        const scalars = new Proxy({}, { get: (_none, key) => scalar(String(key)) });
        const results = step({ batch: tensors, scalars, random });
        names.set(name, Object.keys(results));
        return { stacked: tf.stack(Object.values(results)) }; // one read for all
      },
    },
  ]);
  return { steps: compile(Object.fromEntries(functions), { precision }), names };
}

function kindOf(batch: HostBatch): string {
  return Object.entries(batch)
    .map(([name, { shape, dtype }]) => `${name} ${dtype}[${shape}]`)
    .join(' ');
}
