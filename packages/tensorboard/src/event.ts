/** Numbers counted by size. */
export interface TensorBoardHistogram {
  readonly min: number;
  readonly max: number;
  /** How many numbers. */
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** The upper ends of the buckets, growing. */
  readonly limits: readonly number[];
  /** How many numbers lie in each bucket, above the end of the one before. */
  readonly counts: readonly number[];
}

/** A picture, as the bytes of a PNG file. */
export interface TensorBoardImage {
  readonly height: number;
  readonly width: number;
  readonly png: Uint8Array;
}

/** One thing that is shown under a name. */
export type TensorBoardValue =
  | { readonly tag: string; readonly scalar: number }
  | { readonly tag: string; readonly histogram: TensorBoardHistogram }
  | { readonly tag: string; readonly image: TensorBoardImage };

/** One record of an event file. */
export interface TensorBoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  /** Of the first record of a file alone. */
  readonly fileVersion?: string;
  readonly values: readonly TensorBoardValue[];
}
