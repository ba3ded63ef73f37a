import type * as tf from '@tensorflow/tfjs-core';
import type { Dtype } from '../graph/dtype.js';
import type { Graph, GraphNode, Value } from '../graph/graph.js';
import { engineState } from './engine-state.js';
import type { SymbolicBackend } from './symbolic-backend.js';

/** What a function did with variables. */
export interface VariableUse {
  readonly variable: tf.Variable;
  /** The variable's node in the graph. */
  readonly handle: GraphNode;
  /** The node that reads its value; absent where nobody did. */
  readonly read?: GraphNode;
  /** What it was assigned last; absent where nothing was. */
  readonly assigned?: Value;
}

/** Variables during a trace. */
export interface LiftedVariables {
  /** How they were used; to be asked after the function ran and before `restore`. */
  readonly uses: () => readonly VariableUse[];
  /** Gives every variable its own value back, and removes those that the function made; returns the names of these. */
  readonly restore: () => readonly string[];
}

/** Lets every variable of the engine stand for a resource of the graph, until they are restored. */
export function liftVariables(
  graph: Graph,
  { backend, remember, recordedValue }: SymbolicBackend,
): LiftedVariables {
  const state = engineState();
  const lifted = Object.values(state.registeredVariables).map((variable) => {
    const { dtype, shape, name } = variable;
    let handle: GraphNode | undefined;
    let read: GraphNode | undefined;
    const resource = () => {
      handle ??= graph.add('VarHandleOp', [], {
        attributes: {
          container: { text: '' },
          shared_name: { text: name },
          dtype: { type: dtype as Dtype },
          shape: { shape },
        },
        outputs: [{ dtype: 'resource', shape: [] }],
      });
      return handle;
    };
    const readValue = () => {
      read ??= graph.add('ReadVariableOp', resource().outputs, {
        attributes: { dtype: { type: dtype as Dtype } },
        outputs: [{ dtype: dtype as Dtype, shape }],
        distinct: true,
      });
      return read.outputs[0] as Value;
    };
    const own = variable.dataId;
    const symbolic = remember(readValue);
    state.tensorInfo.set(symbolic, { backend, dtype, shape, bytes: 0 });
    setDataId(variable, symbolic);
    const use = (): VariableUse | undefined => {
      const assigned = variable.dataId === symbolic ? undefined : recordedValue(variable);
      if (assigned === undefined && read === undefined) return undefined;
      return {
        variable,
        handle: resource(),
        ...(read === undefined ? {} : { read }),
        ...(assigned === undefined ? {} : { assigned }),
      };
    };
    return { variable, own, use };
  });
  const known = new Set(lifted.map(({ variable }) => variable));
  return {
    uses: () => lifted.flatMap(({ use }) => use() ?? []),
    restore: () => {
      for (const { variable, own } of lifted) setDataId(variable, own);
      const strangers = Object.values(state.registeredVariables).filter((variable) => !known.has(variable));
      for (const { name } of strangers) delete state.registeredVariables[name];
      return strangers.map(({ name }) => name);
    },
  };
}

// `dataId` is read-only for users; during a trace it is what tells a read from an assignment.
function setDataId(variable: tf.Variable, dataId: object): void {
  (variable as { dataId: object }).dataId = dataId;
}
