import type { TensorBoardHistogram } from './event.js';

// Each bucket ends a tenth above the one before, as TensorFlow's do.
const growth = 1.1;
const smallest = 1e-12;

/** Counts numbers by size, in buckets that grow with their distance from zero; what is not finite is passed over. */
export function histogramOf(values: ArrayLike<number>): TensorBoardHistogram {
  const buckets = new Map<number, number>();
  let [min, max, count, sum, sumOfSquares] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, 0, 0];
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count += 1;
    sum += value;
    sumOfSquares += value * value;
    const bucket = bucketOf(value);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
  }
  if (count === 0) return { min: 0, max: 0, count, sum, sumOfSquares, limits: [], counts: [] };
  const used = [...buckets.keys()].sort((one, other) => one - other);
  const [first, last] = [used[0] as number, used.at(-1) as number];
  // Every bucket between the first and the last, since a bucket begins where the one before it ends.
  const all = Array.from({ length: last - first + 1 }, (_, place) => first + place);
  return {
    ...{ min, max, count, sum, sumOfSquares },
    limits: all.map(limitOf),
    counts: all.map((bucket) => buckets.get(bucket) ?? 0),
  };
}

/** The number of the bucket: 0 around zero, above and below it by size. */
function bucketOf(value: number): number {
  const size = Math.abs(value);
  if (size < smallest) return 0;
  const steps = Math.floor(Math.log(size / smallest) / Math.log(growth)) + 1;
  return value > 0 ? steps : -steps;
}

/** Where a bucket ends. */
function limitOf(bucket: number): number {
  return bucket >= 0 ? smallest * growth ** bucket : -smallest * growth ** (-bucket - 1);
}
