import type { Graph, Value } from '../graph/graph.js';
import { sizeOf } from '../graph/shape.js';
import { recordActivation } from './activation.js';
import { broadcastShape } from './broadcast.js';
import { recordCast } from './cast.js';
import { commonDtype, recordBinary } from './elementwise.js';
import type { KernelCall, Kernels } from './kernel.js';
import { recordReshape } from './reshape.js';
import { orderOf } from './transpose.js';

/** A matrix or a batch of matrices, perhaps to be read with rows and columns exchanged. */
interface Operand {
  readonly value: Value;
  readonly transposed: boolean;
}

/** The product of matrices, over leading axes that are broadcast: `[..., n, k] · [..., k, m]`. */
export function recordProduct(graph: Graph, a: Operand, b: Operand): Value {
  const [left, right] = [withoutTranspose(a), withoutTranspose(b)];
  const rows = left.value.shape.at(left.transposed ? -1 : -2) as number;
  const columns = right.value.shape.at(right.transposed ? -2 : -1) as number;
  const batch = broadcastShape(batchOf(left), batchOf(right));
  const shape = [...batch, rows, columns];
  const single = sizeOf(batchOf(right)) === 1;
  // With one matrix on the right, all matrices on the left are one with more rows.
  if (single && (!left.transposed || sizeOf(batchOf(left)) === 1)) {
    const product = recordMatrixProduct(graph, asMatrix(graph, left), asMatrix(graph, right));
    return recordReshape(graph, product, shape);
  }
  const dtype = commonDtype(left.value, right.value);
  return graph.value(
    'BatchMatMulV2',
    [recordCast(graph, left.value, dtype), recordCast(graph, right.value, dtype)],
    { dtype, shape },
    { T: { type: dtype }, adj_x: { bool: left.transposed }, adj_y: { bool: right.transposed } },
  );
}

function recordMatrixProduct(graph: Graph, a: Operand, b: Operand): Value {
  const dtype = commonDtype(a.value, b.value);
  const shape = [
    a.value.shape[a.transposed ? 1 : 0] as number,
    b.value.shape[b.transposed ? 0 : 1] as number,
  ];
  return graph.value(
    'MatMul',
    [recordCast(graph, a.value, dtype), recordCast(graph, b.value, dtype)],
    { dtype, shape },
    { T: { type: dtype }, transpose_a: { bool: a.transposed }, transpose_b: { bool: b.transposed } },
  );
}

function batchOf({ value }: Operand): readonly number[] {
  return value.shape.slice(0, -2);
}

/** All matrices below each other: `[..., n, k]` to `[... * n, k]`. */
function asMatrix(graph: Graph, { value, transposed }: Operand): Operand {
  const columns = value.shape.at(-1) as number;
  const rows = sizeOf(value.shape.slice(0, -1));
  return withoutTranspose({ value: recordReshape(graph, value, [rows, columns]), transposed });
}

/** The same operand, without the transposition before it if that only exchanges rows and columns. */
function withoutTranspose({ value, transposed }: Operand): Operand {
  const order = orderOf(value.node);
  if (order === undefined) return { value, transposed };
  const last = order.length - 1;
  const exchanged = order.map((_, axis) => (axis < last - 1 ? axis : last - 1 + (last - axis)));
  if (!order.every((axis, place) => axis === exchanged[place])) return { value, transposed };
  return withoutTranspose({ value: value.node.inputs[0] as Value, transposed: !transposed });
}

function productOf({ graph, inputs, attributes }: KernelCall): Value {
  return recordProduct(
    graph,
    { value: inputs.a as Value, transposed: attributes.transposeA === true },
    { value: inputs.b as Value, transposed: attributes.transposeB === true },
  );
}

/** Adds the bias and applies the activation that fused kernels end with. */
export function finishFused({ graph, inputs, attributes }: KernelCall, product: Value): Value {
  const { bias, preluActivationWeights } = inputs;
  const biased = bias === undefined ? product : recordBinary(graph, 'AddV2', product, bias);
  return recordActivation(graph, biased, (attributes.activation as string | null | undefined) ?? 'linear', {
    ...(preluActivationWeights === undefined ? {} : { slopes: preluActivationWeights }),
    ...(typeof attributes.leakyreluAlpha === 'number' ? { slope: attributes.leakyreluAlpha } : {}),
  });
}

/** Products of matrices. */
export const products: Kernels = {
  BatchMatMul: { record: productOf },
  _FusedMatMul: { record: (call) => finishFused(call, productOf(call)) },
  Einsum: {
    record: ({ graph, inputs, attributes }) => {
      const operands = Object.values(inputs);
      const [first] = operands as [Value];
      const equation = (attributes.equation as string).replaceAll(' ', '');
      const [from, to] = equation.split('->') as [string, string];
      const lengths = new Map<string, number>();
      for (const [index, labels] of from.split(',').entries())
        for (const [axis, label] of [...labels].entries())
          lengths.set(label, operands[index]?.shape[axis] as number);
      return graph.value(
        'Einsum',
        operands,
        { dtype: first.dtype, shape: [...to].map((label) => lengths.get(label) as number) },
        { N: { int: operands.length }, T: { type: first.dtype }, equation: { text: equation } },
      );
    },
  },
};
