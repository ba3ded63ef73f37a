import type { Judgement } from './judgement.js';

/** A step and a value at it. */
export type Point = readonly [step: number, value: number];

/** How one metric went over the steps of a run. */
export interface Series {
  /** Name of the metric, such as `absolute.accuracy`; series of one name share a chart. */
  readonly metric: string;
  /** Of every training step, or of evaluations on pictures that are not trained on. */
  readonly of: 'training' | 'evaluation';
  /** In the order of their steps. */
  readonly points: readonly Point[];
  /** What the metric would be without a look at the picture, if that is known. */
  readonly chance?: number;
}

/** What a report tells of one run; plain data that JSON can hold. */
export interface RunReport {
  readonly name: string;
  readonly series: readonly Series[];
  /** By path, such as `model.depth`. */
  readonly settings: Readonly<Record<string, string>>;
  /** Metrics of the last evaluation, by name. */
  readonly results: Readonly<Record<string, number>>;
  /** On what it ran. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the trained model says of pictures; absent where nobody asked it. */
  readonly judgement?: Judgement;
  /** Pictures that a masked model painted, as data URIs. */
  readonly reconstructions?: readonly string[];
  /** What is not in the report, a sentence each that says why. */
  readonly leftOut?: readonly string[];
}
