import type { Contender } from './contenders.js';
import type { Setting } from './setting.js';

/** What was measured of one contender; times in milliseconds. */
export interface Measurement extends Contender {
  /** Such as `TensorFlow 2.21.0 on CPU`. */
  readonly engine: string;
  /** Of every step of the rounds, in order. */
  readonly milliseconds: readonly number[];
  readonly median: number;
  readonly minimum: number;
  readonly imagesPerSecond: number;
  /** Tracing and compiling included, while no other contender works. */
  readonly firstStep: number;
  /** Of every step from the first on; all contenders begin with the same weights and take the same batch. */
  readonly losses: readonly number[];
  /** Bytes that the process held at most; null where its system doesn't tell. */
  readonly peakMemory: number | null;
}

/** A contender that could not be measured. */
export interface Skipped extends Contender {
  readonly reason: string;
}

/** What was measured side by side. */
export interface Run {
  readonly setting: Setting;
  readonly measured: readonly Measurement[];
  readonly skipped: readonly Skipped[];
}

/** The middle one of some numbers, or the mean of the middle two. */
export function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.slice(Math.ceil(sorted.length / 2) - 1, Math.floor(sorted.length / 2) + 1);
  return middle.reduce((sum, number) => sum + number, 0) / middle.length;
}
