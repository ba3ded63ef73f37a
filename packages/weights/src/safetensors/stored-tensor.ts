/** The array that holds the values of each dtype: F16 and BF16 as their bits, BOOL as one byte each, 0 or 1. */
export interface StoredValues {
  readonly I64: BigInt64Array;
  readonly F64: Float64Array;
  readonly F32: Float32Array;
  readonly I32: Int32Array;
  readonly BF16: Uint16Array;
  readonly F16: Uint16Array;
  readonly U8: Uint8Array;
  readonly BOOL: Uint8Array;
}

/** A dtype of the safetensors format that this package reads and writes. */
export type Dtype = keyof StoredValues;

/** A tensor as a safetensors file holds it: nothing converted, nothing lost. */
export type StoredTensor = {
  readonly [Name in Dtype]: {
    readonly shape: readonly number[];
    readonly dtype: Name;
    /** Row-major, as many values as the shape has. */
    readonly values: StoredValues[Name];
  };
}[Dtype];

/** A stored tensor over bytes in row-major order: a view of them where they are aligned, otherwise a copy. */
export function storedTensor(dtype: Dtype, shape: readonly number[], bytes: Uint8Array): StoredTensor {
  const { bytesPerValue, view } = dtypes[dtype];
  // `new Uint8Array`, for a Buffer's `slice` is no copy.
  const { buffer, byteOffset } = bytes.byteOffset % bytesPerValue === 0 ? bytes : new Uint8Array(bytes);
  const values = view(buffer, byteOffset, bytes.byteLength / bytesPerValue);
  return { shape, dtype, values } as StoredTensor;
}

/** Whether a name is that of a dtype which this package reads and writes. */
export function isDtype(name: unknown): name is Dtype {
  return typeof name === 'string' && Object.hasOwn(dtypes, name);
}

interface DtypeFacts<Values> {
  readonly bytesPerValue: number;
  readonly arrayName: string;
  readonly view: (buffer: ArrayBufferLike, byteOffset: number, length: number) => Values;
}

/** What is to know of each dtype, in the order in which their tensors lie in a file. */
export const dtypes: { readonly [Name in Dtype]: DtypeFacts<StoredValues[Name]> } = {
  I64: {
    bytesPerValue: 8,
    arrayName: 'BigInt64Array',
    view: (buffer, byteOffset, length) => new BigInt64Array(buffer, byteOffset, length),
  },
  F64: {
    bytesPerValue: 8,
    arrayName: 'Float64Array',
    view: (buffer, byteOffset, length) => new Float64Array(buffer, byteOffset, length),
  },
  F32: {
    bytesPerValue: 4,
    arrayName: 'Float32Array',
    view: (buffer, byteOffset, length) => new Float32Array(buffer, byteOffset, length),
  },
  I32: {
    bytesPerValue: 4,
    arrayName: 'Int32Array',
    view: (buffer, byteOffset, length) => new Int32Array(buffer, byteOffset, length),
  },
  BF16: {
    bytesPerValue: 2,
    arrayName: 'Uint16Array',
    view: (buffer, byteOffset, length) => new Uint16Array(buffer, byteOffset, length),
  },
  F16: {
    bytesPerValue: 2,
    arrayName: 'Uint16Array',
    view: (buffer, byteOffset, length) => new Uint16Array(buffer, byteOffset, length),
  },
  U8: {
    bytesPerValue: 1,
    arrayName: 'Uint8Array',
    view: (buffer, byteOffset, length) => new Uint8Array(buffer, byteOffset, length),
  },
  BOOL: {
    bytesPerValue: 1,
    arrayName: 'Uint8Array',
    view: (buffer, byteOffset, length) => new Uint8Array(buffer, byteOffset, length),
  },
};

/** How many values a shape has; undefined when it is no shape or has more values than can be counted exactly. */
export function valueCount(shape: readonly unknown[]): number | undefined {
  let count = 1;
  for (const side of shape) {
    if (typeof side !== 'number' || !Number.isSafeInteger(side) || side < 0) return undefined;
    count *= side;
    if (!Number.isSafeInteger(count)) return undefined;
  }
  return count;
}
