import type { HostTensor } from '@whereabouts/layers';

/** How the patches of a ViT are cut: what timm's convolution weight says in its shape, and ours doesn't. */
export interface PatchShape {
  /** Pixels along a side. */
  readonly patchSize: number;
  /** Channels of an image. */
  readonly inputChannels: number;
}

/** One way in which a weight lies in timm and in ours. Both directions throw a sentence about the shape when it doesn't fit. */
interface LayoutPair {
  readonly fromTimm: (tensor: HostTensor) => HostTensor;
  readonly toTimm: (tensor: HostTensor, patch: PatchShape) => HostTensor;
}

/** Every way in which a weight lies in timm and in ours, by name. */
export const layouts = {
  same: { fromTimm: (tensor) => tensor, toTimm: (tensor) => tensor },
  /** `[outputs, inputs]` in timm, `[inputs, outputs]` in ours. */
  linear: {
    fromTimm: (tensor) => transpose(requireRank(tensor, 2, '[outputs, inputs]')),
    toTimm: (tensor) => transpose(requireRank(tensor, 2, '[inputs, outputs]')),
  },
  /** `[channels, inputChannels, rows, columns]` in timm, `[rows * columns * inputChannels, channels]` in ours. */
  convolution: {
    fromTimm: (tensor) => {
      const expected = '[channels, inputChannels, patchSize, patchSize]';
      const [channels = 0, inputChannels = 0, patchSize = 0, columns] = requireRank(
        tensor,
        4,
        expected,
      ).shape;
      if (columns !== patchSize) throw new Error(`is [${tensor.shape}], expected ${expected}`);
      const shape = [patchSize * patchSize * inputChannels, channels];
      const patch = { patchSize, inputChannels };
      const values = tensor.values.slice();
      eachConvolutionValue(patch, channels, (theirs, ours) => {
        values[ours] = tensor.values[theirs] ?? 0;
      });
      return { ...tensor, shape, values };
    },
    toTimm: (tensor, patch) => {
      const { patchSize, inputChannels } = patch;
      const rows = patchSize * patchSize * inputChannels;
      const expected = `[${rows}, channels] for patches of ${patchSize} x ${patchSize} pixels with ${inputChannels} channels`;
      const [found, channels = 0] = requireRank(tensor, 2, expected).shape;
      if (found !== rows) throw new Error(`is [${tensor.shape}], expected ${expected}`);
      const values = tensor.values.slice();
      eachConvolutionValue(patch, channels, (theirs, ours) => {
        values[theirs] = tensor.values[ours] ?? 0;
      });
      return { ...tensor, shape: [channels, inputChannels, patchSize, patchSize], values };
    },
  },
  /** `[1, length, channels]` in timm, `[length, channels]` in ours. */
  positions: {
    fromTimm: (tensor) => {
      const [batch, length = 0, channels = 0] = requireRank(tensor, 3, '[1, length, channels]').shape;
      if (batch !== 1) throw new Error(`is [${tensor.shape}], expected [1, length, channels]`);
      return { ...tensor, shape: [length, channels] };
    },
    toTimm: (tensor) => ({ ...tensor, shape: [1, ...requireRank(tensor, 2, '[length, channels]').shape] }),
  },
} satisfies Record<string, LayoutPair>;

function requireRank(tensor: HostTensor, rank: number, expected: string): HostTensor {
  if (tensor.shape.length !== rank) throw new Error(`is [${tensor.shape}], expected ${expected}`);
  return tensor;
}

function transpose(tensor: HostTensor): HostTensor {
  const [rows = 0, columns = 0] = tensor.shape;
  const values = tensor.values.slice();
  for (let row = 0; row < rows; row += 1)
    for (let column = 0; column < columns; column += 1)
      values[column * rows + row] = tensor.values[row * columns + column] ?? 0;
  return { ...tensor, shape: [columns, rows], values };
}

/** Calls with the index of each value in timm's order and in ours. */
function eachConvolutionValue(
  { patchSize, inputChannels }: PatchShape,
  channels: number,
  visit: (theirs: number, ours: number) => void,
): void {
  let theirs = 0;
  for (let channel = 0; channel < channels; channel += 1)
    for (let inputChannel = 0; inputChannel < inputChannels; inputChannel += 1)
      for (let pixel = 0; pixel < patchSize * patchSize; pixel += 1) {
        visit(theirs, (pixel * inputChannels + inputChannel) * channels + channel);
        theirs += 1;
      }
}
