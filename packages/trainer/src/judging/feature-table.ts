/** What a backbone says of every picture of a split: one vector each, and the picture's class. */
export interface FeatureTable {
  /** How many pictures. */
  readonly length: number;
  readonly channels: number;
  /** `[length, channels]` row-major. */
  readonly values: Float32Array;
  /** `[length]`, the class of every picture. */
  readonly classes: Int32Array;
}
