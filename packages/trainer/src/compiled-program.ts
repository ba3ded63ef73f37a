import type { HostBatch } from '@whereabouts/layers';
import type { Precision } from '@whereabouts/xla';
import { type CompiledSteps, compileSteps } from './compile-steps.js';
import type { Program, Step } from './executor.js';
import { kindOf } from './inference/batch-kind.js';

/** Some of the steps for one kind of batch, and which state of the variables their graph holds. */
interface Graph {
  readonly steps: CompiledSteps;
  state: number;
}

/** A program that compiles its steps for each kind of batch when it first comes. */
export function compiledProgram<Name extends string>(
  steps: Readonly<Record<Name, Step>>,
  precision: Precision,
): Program<Name> {
  const graphs = new Map<string, Graph>();
  let newest: Graph | undefined; // undefined = the variables themselves
  let state = 0;
  let disposed = false;

  const graphFor = (name: Name, batch: HostBatch): Graph => {
    const key = `${name} ${kindOf(batch)}`;
    const known = graphs.get(key);
    if (known !== undefined) return known;
    newest?.steps.pull();
    const chosen: Readonly<Record<string, Step>> = graphs.size === 0 ? steps : { [name]: steps[name] };
    const graph = { steps: compileSteps(chosen, batch, precision), state };
    for (const step of Object.keys(chosen)) graphs.set(`${step} ${kindOf(batch)}`, graph);
    return graph;
  };

  return {
    run: async (name, inputs) => {
      if (disposed) throw new Error(`The step "${name}" cannot run: its program was disposed.`);
      const graph = graphFor(name, inputs.batch);
      if (graph.state !== state) {
        newest?.steps.pull();
        graph.steps.push();
        graph.state = state;
      }
      const results = graph.steps.run(name, inputs);
      if (graph.steps.assigns(name)) {
        state += 1;
        graph.state = state;
        newest = graph;
      }
      return results;
    },
    pull: async () => newest?.steps.pull(),
    push: async () => {
      state += 1;
      newest = undefined;
    },
    dispose: () => {
      disposed = true;
      newest = undefined;
      for (const { steps } of new Set(graphs.values())) steps.dispose();
      graphs.clear();
    },
  };
}
