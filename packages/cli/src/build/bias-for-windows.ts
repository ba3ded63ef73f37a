import type { HostTensor } from '@whereabouts/layers';
import type { Swin } from '@whereabouts/swin';
import { resizeRelativePositionBias } from '@whereabouts/weights';

const bias = /^stages\.(\d+)\..*\.relativePositionBias$/;

/**
 * Weights of a Swin with each relative position bias fitted to the windows of another one; a bias that no square window has is
 * left as it is.
 */
export function biasForWindows(
  { windows }: Pick<Swin, 'windows'>,
  tensors: Readonly<Record<string, HostTensor>>,
): Readonly<Record<string, HostTensor>> {
  return Object.fromEntries(
    Object.entries(tensors).map(([path, tensor]) => {
      const to = windows[Number(bias.exec(path)?.[1])];
      const side = (Math.sqrt(tensor.shape[0] ?? 0) + 1) / 2;
      if (to === undefined || !Number.isInteger(side)) return [path, tensor];
      return [path, resizeRelativePositionBias(tensor, { from: { rows: side, columns: side }, to })];
    }),
  );
}
