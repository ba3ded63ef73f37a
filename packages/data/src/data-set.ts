import type { Normalisation } from './normalisation.js';
import type { Split } from './split.js';

/** Pictures, apart by what they are for. */
export interface DataSet {
  /** By class number; none where pictures have no labels. */
  readonly classNames: readonly string[];
  /** What a model learns from. */
  readonly train: Split;
  /** What choices are made by, such as which checkpoint is the best. */
  readonly validation: Split;
  /** What the end result is measured on. */
  readonly test?: Split;
  /** What the pictures are normalised with. */
  readonly normalisation: Normalisation;
  /**
   * Files and folders that were found and not taken, such as pictures outside a class folder or of another format. A picture
   * that can't be read is followed by why.
   */
  readonly ignored?: readonly string[];
}
