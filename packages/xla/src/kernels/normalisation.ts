import type { Attributes } from '../graph/attribute.js';
import type { Value } from '../graph/graph.js';
import { recordScalar } from './constant.js';
import { recordBinary, recordMultiply, recordUnary } from './elementwise.js';
import type { KernelCall, Kernels } from './kernel.js';

function responseAttributes({ attributes }: KernelCall): Attributes {
  return {
    T: { type: 'float32' },
    depth_radius: { int: attributes.depthRadius as number },
    bias: { float: attributes.bias as number },
    alpha: { float: attributes.alpha as number },
    beta: { float: attributes.beta as number },
  };
}

/** Batch normalisation with given statistics, and local response normalisation. */
export const normalisation: Kernels = {
  // In elementwise operations, so that they are computed together with what surrounds them.
  FusedBatchNorm: {
    record: ({ graph, inputs, attributes }) => {
      const { x, mean, variance } = inputs as { x: Value; mean: Value; variance: Value };
      const { scale, offset } = inputs;
      const epsilon = recordScalar(graph, attributes.varianceEpsilon as number, 'float32');
      const inverse = recordUnary(graph, 'Rsqrt', recordBinary(graph, 'AddV2', variance, epsilon));
      const factor = scale === undefined ? inverse : recordMultiply(graph, inverse, scale);
      const normalised = recordMultiply(graph, recordBinary(graph, 'Sub', x, mean), factor);
      return offset === undefined ? normalised : recordBinary(graph, 'AddV2', normalised, offset);
    },
  },
  LRN: {
    record: (call) => {
      const x = call.inputs.x as Value;
      return call.graph.value('LRN', [x], x, responseAttributes(call));
    },
  },
  LRNGrad: {
    record: (call) => {
      const { x, y, dy } = call.inputs as { x: Value; y: Value; dy: Value };
      return call.graph.value('LRNGrad', [dy, x, y], x, responseAttributes(call));
    },
  },
};
