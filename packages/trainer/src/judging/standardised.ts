import type { FeatureTable } from './feature-table.js';

/** Tables with each channel shifted and scaled to what makes `reference` have mean 0 and variance 1 (plus 1e-6) there. */
export function standardised(reference: FeatureTable, tables: readonly FeatureTable[]): FeatureTable[] {
  const { length, channels, values } = reference;
  const means = new Float64Array(channels);
  const variances = new Float64Array(channels);
  values.forEach((value, index) => {
    const channel = index % channels;
    means[channel] = (means[channel] as number) + value / length;
  });
  values.forEach((value, index) => {
    const channel = index % channels;
    variances[channel] = (variances[channel] as number) + (value - (means[channel] as number)) ** 2 / length;
  });
  const scales = variances.map((variance) => 1 / Math.sqrt(variance + 1e-6));
  return tables.map((table) => ({
    ...table,
    values: table.values.map(
      (value, index) => (value - (means[index % channels] as number)) * (scales[index % channels] as number),
    ),
  }));
}
