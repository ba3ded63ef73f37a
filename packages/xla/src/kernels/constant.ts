import type { Dtype, HostValues } from '../graph/dtype.js';
import type { Graph, Value } from '../graph/graph.js';

/** A scalar of any dtype with numbers: `[]`. */
export function recordScalar(graph: Graph, number: number, dtype: Dtype): Value {
  return graph.constant(hostScalar(number, dtype), [], dtype);
}

function hostScalar(number: number, dtype: Dtype): HostValues {
  if (dtype === 'float32') return Float32Array.of(number);
  if (dtype === 'bool') return Uint8Array.of(number === 0 ? 0 : 1);
  return Int32Array.of(number);
}

/** A tensor of one number throughout. */
export function recordFill(graph: Graph, shape: readonly number[], number: number, dtype: Dtype): Value {
  return graph.value(
    'Fill',
    [graph.integers(shape), recordScalar(graph, number, dtype)],
    { dtype, shape },
    { T: { type: dtype }, index_type: { type: 'int32' } },
  );
}

/** The number that every element of a value is known to be, if it is known. */
export function uniformNumber({ node }: Value): number | undefined {
  const content = node.op === 'Fill' ? (node.inputs[1] as Value).node : node;
  const tensor = content.op === 'Const' ? content.attributes.value : undefined;
  if (tensor === undefined || !('tensor' in tensor)) return undefined;
  const { values } = tensor.tensor;
  return values.length === 1 ? values[0] : undefined;
}
