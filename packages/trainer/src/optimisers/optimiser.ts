import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { Variables } from '@whereabouts/layers';

/** Gradients by the path of their variable. */
export type Gradients = Readonly<Record<string, Tensor>>;

/** Changes variables by their gradients. */
export interface Optimiser {
  /** What it remembers from step to step, by path; saved with a checkpoint. */
  readonly state: Variables;
  /** The numbers that `update` needs at a step counted from 0, besides the learning rate; inputs of the step, so that a
   * compiled step stays right when they change. */
  readonly scalars: (step: number) => Readonly<Record<string, number>>;
  /** Assigns new values to the variables and to `state`. */
  readonly update: (
    gradients: Gradients,
    learningRate: Scalar,
    scalars: Readonly<Record<string, Scalar>>,
  ) => void;
}
