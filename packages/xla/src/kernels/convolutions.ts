import { backend_util } from '@tensorflow/tfjs-core';
import type { Attributes } from '../graph/attribute.js';
import type { Graph, Value } from '../graph/graph.js';
import type { Kernel, KernelCall, Kernels } from './kernel.js';
import { finishFused } from './products.js';
import { alongAllAxes, dataFormat, type Window, window2d, window3d } from './window.js';

type Info2d = ReturnType<typeof backend_util.computeConv2DInfo>;
type Info3d = ReturnType<typeof backend_util.computeConv3DInfo>;
type Shape4 = [number, number, number, number];
type Shape5 = [number, number, number, number, number];

/** What a convolution takes from, what it gives, and how its window moves. */
interface Convolution {
  readonly inShape: readonly number[];
  readonly filterShape: readonly number[];
  readonly outShape: readonly number[];
  readonly window: Window;
}

/** Reads the attributes of a kernel. */
type Describe = (
  inShape: readonly number[],
  filterShape: readonly number[],
  attributes: KernelCall['attributes'],
) => Convolution;

const describe2d =
  (depthwise: boolean): Describe =>
  (inShape, filterShape, { strides, dilations, pad, dimRoundingMode, dataFormat: format }) => {
    const info: Info2d = backend_util.computeConv2DInfo(
      [...inShape] as Shape4,
      [...filterShape] as Shape4,
      strides,
      dilations ?? 1,
      pad,
      dimRoundingMode,
      depthwise,
      backend_util.convertConv2DDataFormat(format ?? 'NHWC'),
    );
    return { inShape, filterShape, outShape: info.outShape, window: window2d(info) };
  };

const describe3d: Describe = (inShape, filterShape, { strides, dilations, pad }) => {
  const info: Info3d = backend_util.computeConv3DInfo(
    [...inShape] as Shape5,
    [...filterShape] as Shape5,
    strides,
    dilations ?? 1,
    pad,
  );
  return { inShape, filterShape, outShape: info.outShape, window: window3d(info) };
};

function attributesOf({ window }: Convolution): Attributes {
  return {
    T: { type: 'float32' },
    strides: alongAllAxes(window, window.strides),
    dilations: alongAllAxes(window, window.dilations),
    data_format: dataFormat(window),
    ...window.padding,
  };
}

const record = (
  graph: Graph,
  op: string,
  inputs: readonly Value[],
  shape: readonly number[],
  convolution: Convolution,
): Value => graph.value(op, inputs, { dtype: 'float32', shape }, attributesOf(convolution));

const forward = (op: string, describe: Describe, { graph, inputs, attributes }: KernelCall): Value => {
  const { x, filter } = inputs as { x: Value; filter: Value };
  const convolution = describe(x.shape, filter.shape, attributes);
  return record(graph, op, [x, filter], convolution.outShape, convolution);
};

const plain = (op: string, describe: Describe): Kernel => ({ record: (call) => forward(op, describe, call) });

const fused = (op: string, describe: Describe): Kernel => ({
  record: (call) => finishFused(call, forward(op, describe, call)),
});

const inputGradient = (op: string, describe: Describe): Kernel => ({
  record: ({ graph, inputs, attributes }) => {
    const { dy, filter } = inputs as { dy: Value; filter: Value };
    const shape = attributes.inputShape as number[];
    const convolution = describe(shape, filter.shape, attributes);
    return record(graph, op, [graph.integers(shape), filter, dy], shape, convolution);
  },
});

const filterGradient = (op: string, describe: Describe): Kernel => ({
  record: ({ graph, inputs, attributes }) => {
    const { x, dy } = inputs as { x: Value; dy: Value };
    const shape = attributes.filterShape as number[];
    const convolution = describe(x.shape, shape, attributes);
    return record(graph, op, [x, graph.integers(shape), dy], shape, convolution);
  },
});

const images = describe2d(false);
const imagesPerChannel = describe2d(true);

/** Convolutions of images and volumes, and their gradients. */
export const convolutions: Kernels = {
  Conv2D: plain('Conv2D', images),
  Conv2DBackpropInput: inputGradient('Conv2DBackpropInput', images),
  Conv2DBackpropFilter: filterGradient('Conv2DBackpropFilter', images),
  FusedConv2D: fused('Conv2D', images),
  DepthwiseConv2dNative: plain('DepthwiseConv2dNative', imagesPerChannel),
  DepthwiseConv2dNativeBackpropInput: inputGradient('DepthwiseConv2dNativeBackpropInput', imagesPerChannel),
  DepthwiseConv2dNativeBackpropFilter: filterGradient(
    'DepthwiseConv2dNativeBackpropFilter',
    imagesPerChannel,
  ),
  FusedDepthwiseConv2D: fused('DepthwiseConv2dNative', imagesPerChannel),
  Conv3D: plain('Conv3D', describe3d),
  Conv3DBackpropInputV2: inputGradient('Conv3DBackpropInputV2', describe3d),
  Conv3DBackpropFilterV2: filterGradient('Conv3DBackpropFilterV2', describe3d),
};
