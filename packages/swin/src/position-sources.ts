import type { StagePlan } from './stage-plan.js';
import type { SwinSettings } from './swin-settings.js';

/** What in a Swin of these stages tells tokens where they are, in words for people. */
export function positionSources(
  { relativePositionBias }: Pick<SwinSettings, 'relativePositionBias'>,
  plans: readonly Pick<StagePlan, 'grid' | 'window' | 'shift' | 'passage' | 'dropPaths'>[],
): readonly string[] {
  const shifted = plans.some(
    ({ shift, dropPaths }) => dropPaths.length > 1 && (shift.rows > 0 || shift.columns > 0),
  );
  const padded = plans.some(
    ({ grid, window }) => grid.rows % window.rows > 0 || grid.columns % window.columns > 0,
  );
  const odd = plans.some(
    ({ grid }, stage) =>
      plans[stage + 1]?.passage === 'merging' && (grid.rows % 2 > 0 || grid.columns % 2 > 0),
  );
  return [
    ...(relativePositionBias ? ['a relative position bias'] : []),
    ...(shifted ? ['masks of shifted windows'] : []),
    ...(padded ? ['zero padding of windows'] : []),
    ...(odd ? ['zero padding before merging'] : []),
  ];
}
