import type { FeatureSpec } from '@whereabouts/layers';
import {
  absolutePositions,
  type Chance,
  type PositionHead,
  relativePositions,
} from '@whereabouts/position-labels';
import { isEverAbove0 } from '../settings/scheduled.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** Position labels by name. */
const makers = {
  absolute: (spec: FeatureSpec, { training: { seed } }: TrainingConfig): PositionHead =>
    absolutePositions({ spec, seed }),
  relative: (spec: FeatureSpec, { training: { seed }, labels: { pairs } }: TrainingConfig): PositionHead =>
    relativePositions({ spec, seed, pairs }),
} as const;

/** The head of each position label that ever counts, by name, and what its metrics reach without a look at the picture. */
export function positionHeads(
  config: TrainingConfig,
  spec: FeatureSpec,
): {
  readonly heads: Readonly<Record<string, PositionHead>>;
  readonly chance: Readonly<Record<string, number>>;
} {
  const made = (['absolute', 'relative'] as const)
    .filter((name) => isEverAbove0(config.labels[name]))
    .map((name) => [name, makers[name](spec, config)] as const);
  return {
    heads: Object.fromEntries(made),
    chance: Object.assign({}, ...made.map(([name, head]) => prefixed(name, head.chance))),
  };
}

function prefixed(name: string, chance: Chance): Record<string, number> {
  return Object.fromEntries(Object.entries(chance).map(([metric, value]) => [`${name}.${metric}`, value]));
}
