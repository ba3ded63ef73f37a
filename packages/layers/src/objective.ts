import type { HeadLoss } from './head.js';
import type { LayerGroups } from './layer-groups.js';
import type { Pass } from './pass.js';
import type { Variables } from './variables.js';

/** What is trained: terms of a loss over variables. The trainer knows nothing else of a model. */
export interface Objective<Batch> {
  readonly variables: Variables;
  /** Paths of variables that weight decay leaves alone though they have two axes or more. */
  readonly undecayed: readonly string[];
  /** Paths of variables that are not learned: they get no gradient and no decay. Absent: all are learned. */
  readonly frozen?: readonly string[];
  /** The variables by layer, from the input to the output; those of the heads are in no group. Absent: not known. */
  readonly layerGroups?: LayerGroups;
  /** How much each term counts in the sum, by name; a term that isn't named here counts 1. */
  readonly weights: Readonly<Record<string, number>>;
  /** Numbers that its parts read from `Pass.scalars`, by path, and what they are unless a training says otherwise. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** One pass over a batch: the loss and metrics of every term, by name; always the same names. */
  readonly terms: (batch: Batch, pass: Pass) => Readonly<Record<string, HeadLoss>>;
}
