import type { FeatureSpec, Head } from '@whereabouts/layers';
import { absolutePositions, relativePositions } from '@whereabouts/position-labels';
import { type AnyObjective, joint } from '@whereabouts/trainer';
import { measuredModels } from './measured-models.js';
import type { Labels, Setting } from './setting.js';

type PositionHeads = Readonly<Record<string, Head<unknown, unknown>>>;

const positionHeads: Readonly<Record<Labels, (spec: FeatureSpec) => PositionHeads>> = {
  none: () => ({}),
  absolute: (spec) => ({ absolute: absolutePositions({ spec }) }),
  relative: (spec) => ({ relative: relativePositions({ spec }) }),
  'relative-256': (spec) => ({ relative: relativePositions({ spec, pairs: 256 }) }),
  both: (spec) => ({ absolute: absolutePositions({ spec }), relative: relativePositions({ spec }) }),
};

/** Our backbone with its heads, every loss counting 1; the same first weights in every process and on every backend. */
export function oursObjective(model: Setting['model'], labels: Labels): AnyObjective {
  const measured = measuredModels[model.architecture](model);
  const backbone = measured.backbone();
  return joint(backbone, {
    ...measured.heads(backbone.spec),
    ...positionHeads[labels](backbone.spec),
  });
}
