/** Where an experiment's pictures and run folders are, and which of its repetitions is meant. */
export interface Place {
  /** Folder of the pictures. */
  readonly data: string;
  /** Of the first weights, the order of pictures, crops, masks and sampled pairs. */
  readonly seed: number;
  /** The run folder of a stage that trains. */
  readonly run: (stage: string) => string;
}

/** One command of `whereabouts`, such as a training or the test after it. */
export interface Stage {
  readonly name: string;
  /** What follows `whereabouts`, but for the run folder of a training. */
  readonly words: readonly string[];
  /** Whether it trains into a run folder, so that it can go on where it was stopped. */
  readonly trains: boolean;
}

/** One row of an experiment's table. */
export interface Variant {
  readonly name: string;
  /** The variant that it is compared with, seed by seed; absent for a baseline. */
  readonly against?: string;
  readonly stages: (place: Place) => readonly Stage[];
}

/** A number that the stages print and the table shows. */
export interface Measurement {
  /** Head of its column. */
  readonly title: string;
  /** The stage that prints it. */
  readonly stage: string;
  /** Where it stands in the JSON that the stage prints. */
  readonly path: readonly string[];
}

/** A question, what is run to answer it, and what is read off. */
export interface Experiment {
  /** Names its results file and its run folders. */
  readonly name: string;
  readonly title: string;
  readonly question: string;
  /** How it differs from the paper. */
  readonly deviations: string;
  /** What its results say, written after looking at them; absent while there are none. */
  readonly reading?: string;
  /** Which data set, by the name that `--data` gives it a folder under. */
  readonly data: 'cifar10' | 'clothing';
  readonly seeds: readonly number[];
  readonly variants: readonly Variant[];
  /** The first one is compared between variants. */
  readonly measurements: readonly [Measurement, ...Measurement[]];
}
