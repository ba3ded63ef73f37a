import type { HostBatch, Variables } from '@whereabouts/layers';
import type { Metrics } from '../callback.js';
import type { Program, Step } from '../executor.js';

/** What a step of a training takes besides batches. */
export interface StepNumbers {
  readonly seed: number;
  /** Steps done before. */
  readonly step: number;
  readonly scalars: Readonly<Record<string, number>>;
}

/** What came of a step. */
export interface UpdateReport {
  readonly metrics: Metrics;
  readonly images: number;
}

/** How one change of the weights comes about: the steps that it needs, and how they are run. */
export interface Update {
  readonly steps: Readonly<Record<string, Step>>;
  /** What the steps keep besides the weights and the optimiser's state; made by the update, gone with it. */
  readonly variables: Variables;
  /** Batches that it takes at most. */
  readonly batches: number;
  /**
   * Changes the weights once.
   *
   * @param nextBatch undefined at the end of an epoch
   * @returns undefined if there was no batch
   */
  readonly run: (
    program: Program,
    nextBatch: () => Promise<HostBatch | undefined>,
    numbers: StepNumbers,
  ) => Promise<UpdateReport | undefined>;
}
