import quantile from '@stdlib/stats-base-dists-t-quantile';

/** The mean of some numbers. */
export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The standard deviation of a sample, with n - 1; NaN for a single number. */
export function deviation(values: readonly number[]): number {
  const centre = mean(values);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
}

/** How far the 95 % confidence interval of the mean reaches to either side, by Student's t; NaN for a single number. */
export function halfInterval(values: readonly number[]): number {
  const freedom = values.length - 1;
  return freedom === 0
    ? Number.NaN
    : (quantile(0.975, freedom) * deviation(values)) / Math.sqrt(values.length);
}
