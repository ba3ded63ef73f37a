import type { GraphNode } from '../graph/graph.js';
import { sizeOf } from '../graph/shape.js';
import type { Push } from './push.js';

/**
 * Writes a sum or mean over the last axes as sums in lanes that stand side by side, which are then added in pairs. XLA adds
 * a row up number by number, each addition waiting for the one before; lanes it adds up with vectors.
 *
 * @param input what to add up, as a reference
 * @returns the name of the node with the result; undefined where lanes don't apply
 */
export function writeLaneSum(node: GraphNode, input: string, push: Push): string | undefined {
  const plan = lanesOf(node);
  if (plan === undefined) return undefined;
  const { rows, length } = plan;
  const floats = { T: { type: 'float32' } } as const;
  const integers = (numbers: readonly number[]) => {
    const tensor = { dtype: 'int32', shape: [numbers.length], values: Int32Array.from(numbers) } as const;
    return `${push('Const', [], { dtype: { type: 'int32' }, value: { tensor } })}:output:0`;
  };
  const reshape = (from: string, shape: readonly number[]) =>
    push('Reshape', [from, integers(shape)], { ...floats, Tshape: { type: 'int32' } });
  const slice = (from: string, begin: number, width: number) => {
    const places = [from, integers([0, begin]), integers([rows, width])];
    return `${push('Slice', places, { ...floats, Index: { type: 'int32' } })}:output:0`;
  };

  let { lanes } = plan;
  const inLanes = `${reshape(input, [rows, length / lanes, lanes])}:output:0`;
  const summed = { ...floats, keep_dims: { bool: false }, Tidx: { type: 'int32' } } as const;
  let sums = `${push('Sum', [inLanes, integers([1])], summed)}:output:0`; // [rows, lanes]
  while (lanes > 1) {
    lanes /= 2;
    sums = `${push('AddV2', [slice(sums, 0, lanes), slice(sums, lanes, lanes)], floats)}:z:0`;
  }
  if (node.op === 'Mean') {
    const share = { dtype: 'float32', shape: [], values: Float32Array.of(1 / length) } as const;
    const factor = push('Const', [], { dtype: { type: 'float32' }, value: { tensor: share } });
    sums = `${push('Mul', [sums, `${factor}:output:0`], floats)}:z:0`;
  }
  return reshape(sums, node.outputs[0]?.shape ?? []);
}

/** How many rows of which length a node adds up, each in how many lanes. */
function lanesOf({ op, inputs: [x, axes], outputs: [output] }: GraphNode) {
  if ((op !== 'Sum' && op !== 'Mean') || x?.dtype !== 'float32' || output === undefined) return undefined;
  const value = axes?.node.attributes.value;
  if (value === undefined || !('tensor' in value)) return undefined;
  const reduced = [...value.tensor.values].sort((a, b) => a - b);
  const first = x.shape.length - reduced.length;
  if (!reduced.every((axis, place) => axis === first + place)) return undefined;
  const length = sizeOf(x.shape.slice(first));
  // Some lengths are too short to gain, and a few long rows keep more lanes busy than many short ones.
  const lanes = length < 4096 ? 16 : 64;
  if (length % lanes !== 0 || length < 4 * lanes) return undefined;
  return { rows: sizeOf(x.shape.slice(0, first)), length, lanes };
}
