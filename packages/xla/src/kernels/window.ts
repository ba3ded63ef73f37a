import type { backend_util } from '@tensorflow/tfjs-core';
import type { Attributes } from '../graph/attribute.js';

type Info2d = ReturnType<typeof backend_util.computeConv2DInfo>;
type Info3d = ReturnType<typeof backend_util.computeConv3DInfo>;

/** How a window goes over images or volumes, lengths along the axes of space. */
export interface Window {
  readonly strides: readonly number[];
  readonly dilations: readonly number[];
  readonly sizes: readonly number[];
  readonly channelsFirst: boolean;
  readonly padding: Attributes;
}

/** Over images: `[batch, rows, columns, channels]`. */
export function window2d(info: Info2d): Window {
  const { padInfo, dataFormat } = info;
  const channelsFirst = dataFormat === 'channelsFirst';
  const { top, bottom, left, right } = padInfo;
  const margins = channelsFirst
    ? [0, 0, 0, 0, top, bottom, left, right]
    : [0, 0, top, bottom, left, right, 0, 0];
  return {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    sizes: [info.filterHeight, info.filterWidth],
    channelsFirst,
    padding: {
      padding: { text: paddingName(padInfo.type) },
      ...(padInfo.type === 'EXPLICIT' ? { explicit_paddings: { ints: margins } } : {}),
    },
  };
}

/** Over volumes: `[batch, depth, rows, columns, channels]`. */
export function window3d(info: Info3d): Window {
  return {
    strides: [info.strideDepth, info.strideHeight, info.strideWidth],
    dilations: [info.dilationDepth, info.dilationHeight, info.dilationWidth],
    sizes: [info.filterDepth, info.filterHeight, info.filterWidth],
    channelsFirst: info.dataFormat === 'channelsFirst',
    padding: { padding: { text: paddingName(info.padInfo.type) } },
  };
}

function paddingName(type: string): string {
  if (type === 'NUMBER')
    throw new Error(
      `A convolution or pooling has a number as its padding, which the native backend cannot compute. ` +
        `Pad with tf.pad first, and give 'valid'.`,
    );
  return type;
}

/** Lengths along the axes of space, with 1 for batch and channels. */
export function alongAllAxes(
  { channelsFirst }: Window,
  lengths: readonly number[],
): { ints: readonly number[] } {
  return { ints: channelsFirst ? [1, 1, ...lengths] : [1, ...lengths, 1] };
}

/** The name of the order of axes. */
export function dataFormat({ channelsFirst, sizes }: Window): { text: string } {
  const space = sizes.length === 3 ? 'DHW' : 'HW';
  return { text: channelsFirst ? `NC${space}` : `N${space}C` };
}
