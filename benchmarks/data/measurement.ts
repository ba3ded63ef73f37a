/** What a contender is asked. */
export interface Task {
  /** Photographs, taken again and again. */
  readonly files: readonly string[];
  /** Images that count. */
  readonly images: number;
  /** Images before, a whole number of batches. */
  readonly warmup: number;
  readonly batch: number;
  /** Pixels of a side. */
  readonly size: number;
  readonly workers: number;
  /** RandAugment, random erasing, mixup and CutMix beside crop and flip. */
  readonly full: boolean;
}

/** What was measured of one contender. */
export interface Measurement {
  readonly engine: string;
  readonly imagesPerSecond: number;
  /** Of all cores for one image, the start of the process included. */
  readonly cpuMilliseconds: number;
  /** From the question to the first batch, workers' start included. */
  readonly firstBatch: number;
}
