import type { TrainingResult } from './train-options.js';

/** Numbers of a step or an evaluation by name: `loss`, `<term>.loss`, `<term>.<metric>`, `gradientNorm`. */
export type Metrics = Readonly<Record<string, number>>;

/** What is known when a training begins. */
export interface TrainingStart {
  /** Steps done before; 0 unless resumed. */
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Numbers that the model learns; what is frozen doesn't count. */
  readonly parameters: number;
  readonly executor: string;
}

/** What is known after a step. */
export interface StepReport {
  /** Steps done, this one included. */
  readonly step: number;
  /** Epochs done, as a fraction. */
  readonly epoch: number;
  /** Means over the images of the step; `gradientNorm` before clipping. */
  readonly metrics: Metrics;
  readonly learningRate: number;
  /** How much each term counted, by name; absent where no weight follows a schedule. */
  readonly weights?: Readonly<Record<string, number>>;
  readonly images: number;
  /** Seconds that the step took, without the wait. */
  readonly stepSeconds: number;
  /** Seconds that the step waited for its batches. */
  readonly waitSeconds: number;
}

/** What is known after an evaluation. */
export interface EvaluationReport {
  readonly step: number;
  readonly epoch: number;
  /** Means over all examples of the split; of the averaged weights where there is an EMA. */
  readonly metrics: Metrics;
  readonly images: number;
  readonly seconds: number;
  /** Whether this is the best evaluation so far. */
  readonly best: boolean;
}

/** What is known after a checkpoint was written. */
export interface CheckpointReport {
  readonly step: number;
  readonly path: string;
}

/**
 * Follows a training. Each function is awaited, in the order of the callbacks; what it throws ends the training. Variables
 * hold the weights of the moment in `onCheckpoint` and `onEnd`; between, a compiled training keeps them in its graph.
 */
export interface Callback {
  /** Before the first step, and after a checkpoint was loaded. */
  readonly onStart?: (start: TrainingStart) => void | Promise<void>;
  /** After each step. */
  readonly onStep?: (report: StepReport) => void | Promise<void>;
  /** After each evaluation, and after `onCheckpoint` where it was the best. */
  readonly onEvaluation?: (report: EvaluationReport) => void | Promise<void>;
  /** After each file is written. */
  readonly onCheckpoint?: (report: CheckpointReport) => void | Promise<void>;
  /** When the training returns, whatever the reason; not after an error. */
  readonly onEnd?: (result: TrainingResult) => void | Promise<void>;
}
