import { backend_util } from '@tensorflow/tfjs-core';
import type { Attributes } from '../graph/attribute.js';
import type { Value } from '../graph/graph.js';
import type { Kernel, KernelCall, Kernels } from './kernel.js';
import { alongAllAxes, window2d } from './window.js';

function describe({ inputs, attributes }: KernelCall): {
  readonly outShape: readonly number[];
  readonly attributes: Attributes;
} {
  const { x, filter } = inputs as { x: Value; filter: Value };
  const { strides, pad, dilations } = attributes;
  const info = backend_util.computeDilation2DInfo(
    [...x.shape] as [number, number, number, number],
    [...filter.shape] as [number, number, number],
    strides,
    pad,
    'NHWC',
    dilations,
  );
  const window = window2d(info);
  return {
    outShape: info.outShape,
    attributes: {
      T: { type: x.dtype },
      strides: alongAllAxes(window, window.strides),
      rates: alongAllAxes(window, window.dilations),
      ...window.padding,
    },
  };
}

const gradient = (op: string, of: 'x' | 'filter'): Kernel => ({
  record: (call) => {
    const { x, filter, dy } = call.inputs as { x: Value; filter: Value; dy: Value };
    const { attributes } = describe(call);
    return call.graph.value(op, [x, filter, dy], { x, filter }[of], attributes);
  },
});

/** Greyscale dilation, and its gradients. */
export const morphology: Kernels = {
  Dilation2D: {
    record: (call) => {
      const { x, filter } = call.inputs as { x: Value; filter: Value };
      const { outShape, attributes } = describe(call);
      return call.graph.value('Dilation2D', [x, filter], { dtype: x.dtype, shape: outShape }, attributes);
    },
  },
  Dilation2DBackpropInput: gradient('Dilation2DBackpropInput', 'x'),
  Dilation2DBackpropFilter: gradient('Dilation2DBackpropFilter', 'filter'),
};
