import { type FeatureSpec, type Grid, positionCount, type StageSpec } from '@whereabouts/layers';
import { keptCount } from '@whereabouts/patch-embedding';
import type { Swin } from '@whereabouts/swin';

/** Which cells there are, how many are seen, and what that makes of a Swin's stages. */
export interface CellPlan {
  /** Of the cells. */
  readonly grid: Grid;
  /** How many cells of each image are seen. */
  readonly kept: number;
  /** Tokens along the side of a cell, in each stage. */
  readonly tokensPerSide: readonly number[];
  /** The Swin's spec, with the number of tokens whose pixels are seen in each stage. */
  readonly spec: FeatureSpec;
}

/** Lays cells of `cellSize` pixels over a Swin's images, and refuses what doesn't fit with a sentence that says what would. */
export function cellPlan(
  { settings, spec, strides }: Pick<Swin, 'settings' | 'spec' | 'strides'>,
  { keepRatio, cellSize }: { readonly keepRatio: number; readonly cellSize: number },
): CellPlan {
  const { height, width } = settings.imageSize;
  const stride = strides.at(-1) as number;
  if (!Number.isInteger(cellSize) || cellSize < 1 || cellSize % stride !== 0)
    throw new Error(
      `cellSize is ${cellSize} px, but cells hide whole tokens of the last stage, which stand for ${stride} px each; take ${stride}, or a multiple of it.`,
    );
  if (height % cellSize !== 0 || width % cellSize !== 0)
    throw new Error(
      `cellSize is ${cellSize} px, which doesn't divide images of ${height} x ${width} px (height x width); take ${stride} px cells, or images whose sides ${cellSize} divides.`,
    );
  const grid = { rows: height / cellSize, columns: width / cellSize };
  const kept = keptCount('keepRatio', keepRatio, positionCount(grid));
  const tokensPerSide = strides.map((each) => cellSize / each);
  const stages = spec.stages.map((stage, index): StageSpec => {
    const side = tokensPerSide[index] as number;
    return { ...stage, contentGiven: kept * side * side };
  });
  return { grid, kept, tokensPerSide, spec: { ...spec, stages } };
}
