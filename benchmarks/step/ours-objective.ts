import { classification, type FeatureSpec, type Head } from '@whereabouts/layers';
import { absolutePositions, relativePositions } from '@whereabouts/position-labels';
import { type AnyObjective, joint } from '@whereabouts/trainer';
import { vit } from '@whereabouts/vit';
import type { Labels, Setting } from './setting.js';

type PositionHeads = Readonly<Record<string, Head<unknown, unknown>>>;

const positionHeads: Readonly<Record<Labels, (spec: FeatureSpec) => PositionHeads>> = {
  none: () => ({}),
  absolute: (spec) => ({ absolute: absolutePositions({ spec }) }),
  relative: (spec) => ({ relative: relativePositions({ spec }) }),
  'relative-256': (spec) => ({ relative: relativePositions({ spec, pairs: 256 }) }),
  both: (spec) => ({ absolute: absolutePositions({ spec }), relative: relativePositions({ spec }) }),
};

/** Our ViT with its heads, every loss counting 1; the same first weights in every process and on every backend. */
export function oursObjective({ classes, ...model }: Setting['model'], labels: Labels): AnyObjective {
  const backbone = vit(model);
  return joint(backbone, {
    classes: classification({ spec: backbone.spec, classes }),
    ...positionHeads[labels](backbone.spec),
  });
}
