import { backend_util } from '@tensorflow/tfjs-core';
import type { Attributes } from '../graph/attribute.js';
import type { Value } from '../graph/graph.js';
import type { Kernel, KernelCall, Kernels } from './kernel.js';
import { alongAllAxes, dataFormat, type Window, window2d, window3d } from './window.js';

/** The result's shape and how the window moves. */
interface Pooling {
  readonly outShape: readonly number[];
  readonly window: Window;
}

type Describe = (inShape: readonly number[], attributes: KernelCall['attributes']) => Pooling;

const images: Describe = (inShape, { filterSize, strides, pad, dimRoundingMode }) => {
  const shape = [...inShape] as [number, number, number, number];
  const info = backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  return { outShape: info.outShape, window: window2d(info) };
};

const volumes: Describe = (inShape, { filterSize, strides, pad, dimRoundingMode }) => {
  const shape = [...inShape] as [number, number, number, number, number];
  const info = backend_util.computePool3DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  return { outShape: info.outShape, window: window3d(info) };
};

function attributesOf(x: Value, { window }: Pooling): Attributes {
  return {
    T: { type: x.dtype },
    ksize: alongAllAxes(window, window.sizes),
    strides: alongAllAxes(window, window.strides),
    data_format: dataFormat(window),
    ...window.padding,
  };
}

const forward = (op: string, describe: Describe): Kernel => ({
  record: ({ graph, inputs, attributes }) => {
    const x = inputs.x as Value;
    const pooling = describe(x.shape, attributes);
    return graph.value(op, [x], { dtype: x.dtype, shape: pooling.outShape }, attributesOf(x, pooling));
  },
});

const averageGradient = (op: string, describe: Describe): Kernel => ({
  record: ({ graph, inputs, attributes }) => {
    const { dy, input } = inputs as { dy: Value; input: Value };
    const pooling = describe(input.shape, attributes);
    return graph.value(op, [graph.integers(input.shape), dy], input, attributesOf(input, pooling));
  },
});

const maximumGradient = (op: string, describe: Describe): Kernel => ({
  record: ({ graph, inputs, attributes }) => {
    const { dy, input, output } = inputs as { dy: Value; input: Value; output: Value };
    const pooling = describe(input.shape, attributes);
    return graph.value(op, [input, output, dy], input, attributesOf(input, pooling));
  },
});

/** Averages and maxima of a moving window, and their gradients. */
export const pooling: Kernels = {
  AvgPool: forward('AvgPool', images),
  AvgPoolGrad: averageGradient('AvgPoolGrad', images),
  MaxPool: forward('MaxPool', images),
  MaxPoolGrad: maximumGradient('MaxPoolGrad', images),
  AvgPool3D: forward('AvgPool3D', volumes),
  AvgPool3DGrad: averageGradient('AvgPool3DGrad', volumes),
  MaxPool3D: forward('MaxPool3D', volumes),
  MaxPool3DGrad: maximumGradient('MaxPool3DGrad', volumes),
};
