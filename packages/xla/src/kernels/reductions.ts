import { backend_util, util } from '@tensorflow/tfjs-core';
import type { Attributes } from '../graph/attribute.js';
import type { Dtype } from '../graph/dtype.js';
import type { Graph, Value } from '../graph/graph.js';
import { recordCast, recordFloating } from './cast.js';
import type { Kernel, Kernels } from './kernel.js';

interface Reduction {
  /** The attribute that names the axes. */
  readonly axes?: string;
  /** The dtype in which inputs of a dtype are reduced; their own unless given. */
  readonly dtypes?: Partial<Record<Dtype, Dtype>>;
  /** Of the operation, besides `keep_dims` and `Tidx`. */
  readonly attributes?: (dtype: Dtype) => Attributes;
}

function reduction(op: string, { axes = 'axis', dtypes = {}, attributes = typed }: Reduction = {}): Kernel {
  return {
    record: ({ graph, inputs, attributes: given }) => {
      const input = inputs.x as Value;
      const x = recordCast(graph, input, dtypes[input.dtype] ?? input.dtype);
      const reduced = util.parseAxisParam(given[axes] as number[], [...x.shape]);
      const keep = given.keepDims === true;
      const [short] = backend_util.computeOutAndReduceShapes([...x.shape], reduced);
      const shape = keep ? backend_util.expandShapeToKeepDim(short, reduced) : short;
      if (reduced.length === 0) return x;
      return graph.value(
        op,
        [x, graph.integers(reduced)],
        { dtype: x.dtype, shape },
        { keep_dims: { bool: keep }, Tidx: { type: 'int32' }, ...attributes(x.dtype) },
      );
    },
  };
}

const typed = (dtype: Dtype): Attributes => ({ T: { type: dtype } });
const untyped = (): Attributes => ({});

function position(op: string): Kernel {
  return {
    record: ({ graph, inputs, attributes }) => {
      const input = inputs.x as Value;
      const x = recordCast(graph, input, input.dtype === 'bool' ? 'int32' : input.dtype);
      const [axis] = util.parseAxisParam(attributes.axis as number, [...x.shape]) as [number];
      const shape = x.shape.filter((_, other) => other !== axis);
      return graph.value(
        op,
        [x, graph.integers(axis)],
        { dtype: 'int32', shape },
        { T: { type: x.dtype }, Tidx: { type: 'int32' }, output_type: { type: 'int32' } },
      );
    },
  };
}

function overLastAxis(graph: Graph, op: string, logits: Value): Value {
  const x = recordFloating(graph, logits);
  return graph.value(op, [x], x, { T: { type: x.dtype } });
}

/** Sums, extremes and their like along axes. */
export const reductions: Kernels = {
  Sum: reduction('Sum', { dtypes: { bool: 'int32' } }),
  Prod: reduction('Prod', { dtypes: { bool: 'int32' } }),
  // TensorFlow's mean of integers is an integer, TensorFlow.js's is not.
  Mean: reduction('Mean', { dtypes: { bool: 'float32', int32: 'float32' } }),
  Max: reduction('Max', { axes: 'reductionIndices', dtypes: { bool: 'int32' } }),
  Min: reduction('Min', { dtypes: { bool: 'int32' } }),
  All: reduction('All', { attributes: untyped }),
  Any: reduction('Any', { attributes: untyped }),
  ArgMax: position('ArgMax'),
  ArgMin: position('ArgMin'),
  Softmax: { record: ({ graph, inputs }) => overLastAxis(graph, 'Softmax', inputs.logits as Value) },
};
