import type { Scalar } from '@tensorflow/tfjs-core';
import type { Pass, Variables } from '@whereabouts/layers';
import type { NamedTensors } from './named-tensors.js';

/** What a backbone, a head and an objective have in common: variables, and a pass that makes tensors of them. */
export interface Specimen {
  /** Read anew each time, so that a record that changes shows. */
  readonly variables: () => Variables;
  /** The tensors that a pass reads besides variables, in whatever they lie. */
  readonly given: unknown;
  /** One pass over an input that stays the same. */
  readonly run: (pass: Pass) => NamedTensors;
}

/** A specimen of which a scalar is to be made small. */
export interface LearningSpecimen extends Specimen {
  /** The scalar, of the tensors that `run` made. */
  readonly score: (outputs: NamedTensors) => Scalar;
}

/** Makes a fresh specimen from a seed; all read the same input. */
export type MakeSpecimen<Kind extends Specimen = Specimen> = (seed: number) => Kind;
