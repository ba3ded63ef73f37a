/** A setting that was given: where it belongs, its value, and what to call it when something is wrong with it. */
export interface Given {
  /** Such as `schedule.learningRate`. */
  readonly path: string;
  /** Not checked yet. */
  readonly value: unknown;
  /** As its giver knows it: `--lr`, or `schedule.learningRate (whereabouts.yaml:7)`. */
  readonly name: string;
}
