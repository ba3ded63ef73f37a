import type { Attributes } from '../graph/attribute.js';
import type { GraphNode } from '../graph/graph.js';
import type { Push } from './push.js';

const int32 = { T: { type: 'int32' } } as const;

/**
 * Writes a cast from float32 to bfloat16 as integer arithmetic: half of the last place that stays is added, then the upper half of
 * the bits is taken. That is the nearest number, as XLA's own cast gives it in three times the operations; of two equally
 * near ones it is the larger in magnitude, not the even one. A NaN of XLA or of JavaScript stays one.
 *
 * @param input what to cast, as a reference
 * @returns the name of the node with the result; undefined where the node is no such cast
 */
export function writeRounding(
  { op, attributes: { SrcT, DstT } }: GraphNode,
  input: string,
  push: Push,
): string | undefined {
  if (op !== 'Cast' || !isType(SrcT, 'float32') || !isType(DstT, 'bfloat16')) return undefined;
  const number = (value: number) => {
    const tensor = { dtype: 'int32', shape: [], values: Int32Array.of(value) } as const;
    return `${push('Const', [], { dtype: { type: 'int32' }, value: { tensor } })}:output:0`;
  };
  const bits = push('Bitcast', [input], { T: { type: 'float32' }, type: { type: 'int32' } });
  const raised = push('AddV2', [`${bits}:output:0`, number(0x8000)], int32);
  const upper = push('RightShift', [`${raised}:z:0`, number(16)], int32);
  const half = push('Cast', [`${upper}:z:0`], { SrcT: { type: 'int32' }, DstT: { type: 'int16' } });
  const result = push('Bitcast', [`${half}:y:0`], { T: { type: 'int16' }, type: { type: 'bfloat16' } });
  // Changes nothing, but its output has the name that a cast's has.
  const bfloat16 = { SrcT: { type: 'bfloat16' }, DstT: { type: 'bfloat16' } } as const;
  return push('Cast', [`${result}:output:0`], bfloat16);
}

function isType(attribute: Attributes[string] | undefined, dtype: string): boolean {
  return attribute !== undefined && 'type' in attribute && attribute.type === dtype;
}
