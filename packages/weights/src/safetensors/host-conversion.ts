import type { HostTensor } from '@whereabouts/layers';
import { decodeBfloat16 } from './bfloat16.js';
import { dictionary } from './dictionary.js';
import { decodeFloat16 } from './float16.js';
import type { Dtype, StoredTensor, StoredValues } from './stored-tensor.js';

/**
 * A stored tensor as engines take it: F32, F16, BF16 and F64 become float32, rounded to the nearest; I32, I64, U8 and BOOL
 * become int32. F32 and I32 share their values with the stored tensor, the others are copied.
 *
 * @param name of the tensor, for messages
 * @throws when a value doesn't fit: an I64 beyond int32, a finite F64 beyond float32, a BOOL that is neither 0 nor 1
 * @example
 * ```ts
 * import { toHostTensor } from '@whereabouts/weights';
 *
 * const tensor = toHostTensor({ shape: [2], dtype: 'F16', values: Uint16Array.of(0x3c00, 0xc100) });
 * tensor.dtype; // => "float32"
 * Array.from(tensor.values); // => [1, -2.5]
 * ```
 */
export function toHostTensor(tensor: StoredTensor, name = ''): HostTensor {
  const decode = decoders[tensor.dtype] as (values: StoredTensor['values'], refuse: Refuse) => HostValues;
  const values = decode(tensor.values, (value, index, target) => {
    throw new Error(
      `The tensor ${JSON.stringify(name)} (${tensor.dtype}) holds ${value} as value ${index}, which ${target} cannot hold.`,
    );
  });
  return {
    shape: tensor.shape,
    dtype: values[Symbol.toStringTag] === 'Int32Array' ? 'int32' : 'float32',
    values,
  };
}

/**
 * Every tensor of a file as engines take them; see {@link toHostTensor}.
 *
 * @throws when a value doesn't fit; the message names the tensor
 * @example
 * ```ts
 * import { toHostTensors } from '@whereabouts/weights';
 *
 * const tensors = toHostTensors({ step: { shape: [], dtype: 'I64', values: BigInt64Array.of(12n) } });
 * Array.from(tensors.step?.values ?? []); // => [12]
 * ```
 */
export function toHostTensors(tensors: Readonly<Record<string, StoredTensor>>): Record<string, HostTensor> {
  return dictionary(Object.entries(tensors).map(([name, tensor]) => [name, toHostTensor(tensor, name)]));
}

type HostValues = HostTensor['values'];
type Refuse = (value: number | bigint, index: number, target: string) => never;

const decoders: { readonly [Name in Dtype]: (values: StoredValues[Name], refuse: Refuse) => HostValues } = {
  F32: (values) => values,
  F16: decodeFloat16,
  BF16: decodeBfloat16,
  F64: (values, refuse) => {
    const floats = new Float32Array(values);
    for (let index = 0; index < floats.length; index += 1)
      if (!Number.isFinite(floats[index]) && Number.isFinite(values[index]))
        refuse(values[index] ?? 0, index, 'float32');
    return floats;
  },
  I32: (values) => values,
  I64: (values, refuse) => {
    const words = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    const integers = new Int32Array(values.length);
    for (let index = 0; index < integers.length; index += 1) {
      const low = words[2 * index] ?? 0;
      if (words[2 * index + 1] !== low >> 31) refuse(values[index] ?? 0n, index, 'int32');
      integers[index] = low;
    }
    return integers;
  },
  U8: (values) => new Int32Array(values),
  BOOL: (values, refuse) => {
    const strange = values.findIndex((value) => value > 1);
    if (strange >= 0) refuse(values[strange] ?? 0, strange, 'a truth value');
    return new Int32Array(values);
  },
};
