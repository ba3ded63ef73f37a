import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { HostBatch, Random, Variables } from '@whereabouts/layers';
import type { Computation, Inference } from './inference/inference.js';

/**
 * A step written in TensorFlow.js: a batch, numbers and randomness in, named scalars out; it may assign variables.
 * It reads nothing back from the engine, so that it runs op by op or traced into a graph.
 */
export type Step = (inputs: {
  readonly batch: Readonly<Record<string, Tensor>>;
  readonly scalars: Readonly<Record<string, Scalar>>;
  readonly random: Random;
}) => Readonly<Record<string, Scalar>>;

/** What one run of a step is given, all of it on the host. */
export interface StepInputs {
  readonly batch: HostBatch;
  readonly scalars: Readonly<Record<string, number>>;
  /** Of the randomness. */
  readonly seed: number;
  /** Of the randomness: a number that no other run of the training has, unless it is to draw the same. */
  readonly step: number;
}

/** Steps made ready to run. */
export interface Program<Name extends string = string> {
  /** Runs one step and reads all its scalars at once. */
  readonly run: (name: Name, inputs: StepInputs) => Promise<Readonly<Record<string, number>>>;
  /** Brings the values that the program holds into the variables: before they are read or saved. */
  readonly pull: () => Promise<void>;
  /** Brings the values of the variables into the program: after they were loaded. */
  readonly push: () => Promise<void>;
  readonly dispose: () => void;
}

/** Makes steps ready to run: the seam between the trainer and an engine. */
export interface Executor {
  readonly name: string;
  /** All steps share the variables, which are every one that any of them reads or assigns. */
  readonly prepare: <Name extends string>(
    steps: Readonly<Record<Name, Step>>,
    variables: Variables,
  ) => Promise<Program<Name>>;
  /** Makes a computation ready to run; it reads the values that its variables have when a kind of batch first comes. */
  readonly infer: (compute: Computation) => Inference;
}
