import * as tf from '@tensorflow/tfjs-core';
import type { HostBatch } from '@whereabouts/layers';
import { compile, type FunctionSpec, type Precision } from '@whereabouts/xla';
import type { Step, StepInputs } from './executor.js';
import { tensorsOf } from './inference/tensors-of.js';

/** Steps compiled for one kind of batch. */
export interface CompiledSteps {
  /** Runs one step and reads all its scalars at once. */
  readonly run: (name: string, inputs: StepInputs) => Readonly<Record<string, number>>;
  /** Whether a step assigns variables. */
  readonly assigns: (name: string) => boolean;
  /** Brings the values that the graph holds into the variables. */
  readonly pull: () => void;
  /** Brings the values of the variables into the graph. */
  readonly push: () => void;
  readonly dispose: () => void;
}

/** Compiles steps for the shapes and dtypes of a batch. */
export function compileSteps(
  steps: Readonly<Record<string, Step>>,
  batch: HostBatch,
  precision: Precision,
): CompiledSteps {
  const namesOf = new Map<string, readonly string[]>();
  const functions = Object.entries(steps).map(([name, step]): [string, FunctionSpec] => [
    name,
    {
      inputs: batch,
      run: (tensors, { random, scalar }) => {
        const results = step({ batch: tensors, scalars: recordOf(scalar), random });
        namesOf.set(name, Object.keys(results));
        return { stacked: tf.stack(Object.values(results)) }; // one read for all
      },
    },
  ]);
  const { assigns, pull, push, dispose, run } = compile(Object.fromEntries(functions), { precision });
  return {
    assigns,
    pull,
    push,
    dispose,
    run: (name, { batch, ...options }) => {
      const numbers = tf.tidy(() => run(name, tensorsOf(batch), options).stacked?.dataSync());
      const names = namesOf.get(name) ?? [];
      return Object.fromEntries(names.map((key, index) => [key, numbers?.[index] ?? Number.NaN]));
    },
  };
}

/** A step reads its numbers from a record; which ones it wants shows when it does. */
function recordOf(scalar: (name: string) => tf.Scalar): Readonly<Record<string, tf.Scalar>> {
  return new Proxy({}, { get: (_none, key) => (typeof key === 'string' ? scalar(key) : undefined) });
}
