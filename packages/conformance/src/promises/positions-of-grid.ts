import { type FeatureSpec, positionCount } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import type { Outputs } from '../outputs.js';

/** Positions are raster indices of their grid, each at most once in an image. */
export function positionsOfGrid(outputs: Outputs, spec: FeatureSpec): void {
  spec.stages.forEach(({ grid, length, contentGiven }, index) => {
    onceEach(
      Array.from(outputs[`stages.${index}.positions`]?.values ?? []),
      length,
      positionCount(grid),
      index,
    );
    const told = Array.from(outputs[`stages.${index}.positionGiven`]?.values ?? []);
    const odd = told.find((value) => value !== 0 && value !== 1);
    if (odd !== undefined)
      throw brokenPromise('positionGiven is 1 or 0', `1 (told) or 0 (not told) in stages.${index}`, `${odd}`);
    if (contentGiven !== undefined)
      seenInEach(
        Array.from(outputs[`stages.${index}.contentGiven`]?.values ?? []),
        length,
        contentGiven,
        index,
      );
  });
}

function seenInEach(seen: readonly number[], length: number, count: number, stage: number): void {
  const promise = 'contentGiven is 1 for as many tokens of each image as the spec says, else 0';
  for (let image = 0; image * length < seen.length; image += 1) {
    const row = seen.slice(image * length, (image + 1) * length);
    const at = `in image ${image} of stages.${stage}.contentGiven`;
    const odd = row.find((value) => value !== 0 && value !== 1);
    if (odd !== undefined) throw brokenPromise(promise, `1 (seen) or 0 (hidden) ${at}`, `${odd}`);
    const ones = row.filter((value) => value === 1).length;
    if (ones !== count) throw brokenPromise(promise, `${count} ones ${at}`, `${ones}`);
  }
}

function onceEach(positions: readonly number[], length: number, count: number, stage: number): void {
  const promise = 'positions are raster indices of the grid, none twice in an image';
  for (let image = 0; image * length < positions.length; image += 1) {
    const at = `in image ${image} of stages.${stage}.positions`;
    const row = positions.slice(image * length, (image + 1) * length);
    const outside = row.find((position) => !(position >= 0 && position < count));
    if (outside !== undefined) throw brokenPromise(promise, `0 to ${count - 1} ${at}`, `${outside}`);
    const twice = row.find((position, place) => row.indexOf(position) < place);
    if (twice !== undefined) throw brokenPromise(promise, `each at most once ${at}`, `${twice} twice`);
  }
}
