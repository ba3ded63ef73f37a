import type { FeatureSpec } from '@whereabouts/layers';

/** A spec in the words of a sentence. */
export function describeSpec(spec: FeatureSpec): string {
  const stages = spec.stages.map(
    ({ grid, length, channels, contentGiven }) =>
      `${length} tokens of ${channels} channels on ${grid.rows} x ${grid.columns}${contentGiven === undefined ? '' : `, ${contentGiven} of them seen`}`,
  );
  return `a spec of ${stages.join(' and ')}, pooled ${spec.pooled}, ${spec.distilled ? `distilled ${spec.distilled}, ` : ''}encoding ${spec.positionEncoding}`;
}
