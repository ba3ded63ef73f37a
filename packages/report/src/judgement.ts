/** What a trained model says of pictures that it was not trained on, and whether it is right. */
export interface Judgement {
  /** Which pictures: `validation`, say. */
  readonly split: string;
  readonly pictures: number;
  /** The step after which the judged weights were written. */
  readonly step: number;
  readonly classes?: ClassJudgement;
  readonly positions?: PositionJudgement;
  readonly attention?: readonly AttentionMap[];
  readonly features?: readonly FeatureMap[];
}

/** What a model makes of the patches of a picture; both data URIs. */
export interface FeatureMap {
  readonly picture: string;
  /** A pixel per patch: red, green and blue are the first three principal components, of all pictures together. */
  readonly components: string;
}

/** What a model looks at in a picture; all data URIs, of maps with a pixel per patch. */
export interface AttentionMap {
  readonly picture: string;
  /** By head of the last block. */
  readonly heads: readonly string[];
  /** Through all blocks. */
  readonly rollout: string;
}

/** How the classes were told. */
export interface ClassJudgement {
  readonly names: readonly string[];
  /** How many pictures of a class (row) were taken for which (column). */
  readonly confusion: readonly (readonly number[])[];
  /** Wrong answers, the most confident first. */
  readonly mistakes: readonly Mistake[];
}

/** A picture that was taken for something else. */
export interface Mistake {
  /** The picture as a data URI. */
  readonly picture: string;
  readonly truth: string;
  readonly answer: string;
  /** How likely the model held its answer, from 0 to 1. */
  readonly probability: number;
}

/** How the places of tokens were told. */
export interface PositionJudgement {
  readonly grid: { readonly rows: number; readonly columns: number };
  /** In raster order. */
  readonly cells: readonly CellJudgement[];
  /** Tokens by how far off they were placed, in cells, rounded. */
  readonly distances: readonly number[];
  /** The same for guesses: shares that add up to 1. */
  readonly guesses: readonly number[];
  readonly puzzles: readonly Puzzle[];
}

/** How the tokens of one cell were placed. */
export interface CellJudgement {
  readonly tokens: number;
  /** How many of them were placed there. */
  readonly right: number;
  /** Where they were placed on average. */
  readonly row: number;
  readonly column: number;
}

/** A picture, and the same put together as the model places its patches, each cell once. */
export interface Puzzle {
  /** Data URIs. */
  readonly original: string;
  readonly together: string;
  /** How many patches lie where they belong, of how many. */
  readonly right: number;
  readonly patches: number;
}
