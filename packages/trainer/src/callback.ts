/** Numbers of a step or an evaluation by name: `loss`, `<term>.loss`, `<term>.<metric>`, `gradientNorm`. */
export type Metrics = Readonly<Record<string, number>>;

/** What is known when a training begins. */
export interface TrainingStart {
  /** Steps done before; 0 unless resumed. */
  readonly step: number;
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Numbers that the model learns. */
  readonly parameters: number;
  readonly executor: string;
}

/** What is known after a step. */
export interface StepReport {
  /** Steps done, this one included. */
  readonly step: number;
  /** Epochs done, as a fraction. */
  readonly epoch: number;
  readonly metrics: Metrics;
  readonly learningRate: number;
  readonly images: number;
  /** Seconds that the step took. */
  readonly stepSeconds: number;
  /** Seconds that the step waited for its batch. */
  readonly waitSeconds: number;
}

/** What is known after an evaluation. */
export interface EvaluationReport {
  readonly step: number;
  readonly epoch: number;
  /** Means over all examples of the split. */
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

/** Follows a training; each function is awaited, in the order of the callbacks. */
export interface Callback {
  readonly onStart?: (start: TrainingStart) => void | Promise<void>;
  readonly onStep?: (report: StepReport) => void | Promise<void>;
  readonly onEvaluation?: (report: EvaluationReport) => void | Promise<void>;
  readonly onCheckpoint?: (report: CheckpointReport) => void | Promise<void>;
  readonly onEnd?: () => void | Promise<void>;
}
