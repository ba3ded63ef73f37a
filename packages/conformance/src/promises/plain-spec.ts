import { type FeatureSpec, positionCount } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';

const kinds = ['absolute', 'partial', 'relative', 'conditional', 'none'];
const isCount = (value: number) => Number.isInteger(value) && value > 0;

/** A spec is plain data that this version of the interface understands. */
export function plainSpec(spec: FeatureSpec): void {
  const promise = 'the spec is plain data of contract 1';
  const require = (holds: boolean, expected: string, found: unknown) => {
    if (!holds) throw brokenPromise(promise, expected, JSON.stringify(found) ?? String(found));
  };
  require(spec.contract === 1, 'contract: 1', spec.contract);
  require(kinds.includes(
    spec.positionEncoding,
  ), `positionEncoding to be one of ${kinds.join(', ')}`, spec.positionEncoding);
  require(Number.isInteger(spec.pooled) &&
    spec.pooled >= 0, 'pooled to be a number of channels, or 0', spec.pooled);
  const { distilled = 0 } = spec;
  require(Number.isInteger(distilled) &&
    distilled >= 0, 'distilled to be a number of channels, 0, or absent', distilled);
  require(spec.stages.length > 0, 'at least one stage', spec.stages);
  spec.stages.forEach((stage, index) => {
    const { grid, channels, length } = stage;
    const before = spec.stages[index - 1];
    require(isCount(grid.rows) && isCount(grid.columns), `rows and columns in stages.${index}.grid`, grid);
    require(isCount(channels), `a number of channels in stages.${index}`, channels);
    require(isCount(length) &&
      length <=
        positionCount(
          grid,
        ), `stages.${index}.length to be from 1 to ${positionCount(grid)}, the positions of its grid`, length);
    require(stage.contentGiven === undefined ||
      (isCount(stage.contentGiven) &&
        stage.contentGiven <=
          length), `stages.${index}.contentGiven to be from 1 to ${length}, the length of the stage, or absent`, stage.contentGiven);
    require(before === undefined ||
      positionCount(before.grid) >= positionCount(grid), 'stages with the finest grid first', spec.stages.map(
      (each) => each.grid,
    ));
  });
}
