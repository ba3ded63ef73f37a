import type { HostTensor } from '@whereabouts/layers';
import { encodeBfloat16 } from './bfloat16.js';
import { encodeFloat16 } from './float16.js';
import type { Dtype, StoredTensor, StoredValues } from './stored-tensor.js';

/**
 * A tensor of an engine as a file shall hold it: float32 as F32, F16, BF16 (rounded to the nearest, ties to even) or F64;
 * int32 as I32, I64, U8 or BOOL. F32 and I32 share their values with the host tensor, the others are copied.
 *
 * @param options.dtype F32 for float32 and I32 for int32 unless given
 * @param options.name of the tensor, for messages
 * @throws when a value doesn't fit, such as 70000 in F16 or 2 in BOOL, or when floats shall become integers or vice versa
 * @example
 * ```ts
 * import { toStoredTensor } from '@whereabouts/weights';
 *
 * const step = { shape: [], dtype: 'int32', values: Int32Array.of(12) } as const;
 * toStoredTensor(step, { dtype: 'I64' }).values[0] === 12n; // => true
 * ```
 */
export function toStoredTensor(
  tensor: HostTensor,
  options: { readonly dtype?: Dtype; readonly name?: string } = {},
): StoredTensor {
  const label = `The tensor ${JSON.stringify(options.name ?? '')}`;
  const { shape, values } = tensor;
  const { arrayName, usual, encoders } = hostDtypes[tensor.dtype];
  const dtype = options.dtype ?? usual;
  if (values[Symbol.toStringTag] !== arrayName)
    throw new Error(
      `${label} is ${tensor.dtype} but holds a ${values[Symbol.toStringTag]}, expected a ${arrayName}.`,
    );
  const encode = encoders[dtype] as Encode<HostTensor['values'], StoredTensor['values']> | undefined;
  if (encode === undefined)
    throw new Error(
      `${label} is ${tensor.dtype}, which cannot be stored as ${dtype}; it can as ${Object.keys(encoders).join(', ')}.`,
    );
  const stored = encode(values, (index) => {
    throw new Error(`${label} holds ${values[index]} as value ${index}, which ${dtype} cannot hold.`);
  });
  return { shape, dtype, values: stored } as StoredTensor;
}

type Encode<Given, Stored> = (values: Given, refuse: (index: number) => never) => Stored;

const floatEncoders: { readonly [Name in Dtype]?: Encode<Float32Array, StoredValues[Name]> } = {
  F32: (values) => values,
  F64: (values) => new Float64Array(values),
  F16: (values, refuse) => refuseOverflow(encodeFloat16(values), 0x7c00, values, refuse),
  BF16: (values, refuse) => refuseOverflow(encodeBfloat16(values), 0x7f80, values, refuse),
};

const integerEncoders: { readonly [Name in Dtype]?: Encode<Int32Array, StoredValues[Name]> } = {
  I32: (values) => values,
  I64: (values) => BigInt64Array.from(values, BigInt),
  U8: (values, refuse) => toBytes(values, 255, refuse),
  BOOL: (values, refuse) => toBytes(values, 1, refuse),
};

const hostDtypes = {
  float32: { arrayName: 'Float32Array', usual: 'F32', encoders: floatEncoders },
  int32: { arrayName: 'Int32Array', usual: 'I32', encoders: integerEncoders },
} as const;

function refuseOverflow(
  halves: Uint16Array,
  infinity: number,
  given: Float32Array,
  refuse: (index: number) => never,
): Uint16Array {
  for (let index = 0; index < halves.length; index += 1)
    if (((halves[index] ?? 0) & 0x7fff) === infinity && Number.isFinite(given[index])) refuse(index);
  return halves;
}

function toBytes(values: Int32Array, largest: number, refuse: (index: number) => never): Uint8Array {
  const misfit = values.findIndex((value) => value < 0 || value > largest);
  if (misfit >= 0) refuse(misfit);
  return new Uint8Array(values);
}
