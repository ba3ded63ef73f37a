import type { HostTensor } from '@whereabouts/layers';
import { byCodePoint } from './code-point-order.js';
import { encodeHeader } from './encode-header.js';
import { requireLittleEndian } from './little-endian.js';
import { toStoredTensor } from './stored-conversion.js';
import { type Dtype, dtypes, isDtype, type StoredTensor, valueCount } from './stored-tensor.js';
import { isWellFormed } from './strict-json.js';

/** How tensors are written. */
export interface SerialiseOptions {
  /** Free text about the file, by key. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** How float32 host tensors are stored; F32 unless given. Stored tensors keep their dtype, int32 becomes I32. */
  readonly dtype?: 'F32' | 'F16' | 'BF16';
}

/** Tensors to write: of an engine, or as another file held them. */
export type WritableTensors = Readonly<Record<string, HostTensor | StoredTensor>>;

/** A safetensors file before it is written. */
export interface Layout {
  /** Its length and the header itself, padded with spaces to a multiple of eight bytes. */
  readonly header: Uint8Array;
  /** Bytes of header and data together. */
  readonly size: number;
  /** The bytes of each tensor in order, converted one at a time. */
  readonly data: () => Iterable<Uint8Array>;
}

/** One tensor that will be written. */
interface Item {
  readonly name: string;
  readonly dtype: Dtype;
  readonly tensor: HostTensor | StoredTensor;
  readonly bytes: number;
}

/** Lays tensors out as the reference does: by dtype from the widest to the narrowest, then by name. */
export function layOut(tensors: WritableTensors, options: SerialiseOptions): Layout {
  requireLittleEndian();
  const rank = Object.keys(dtypes);
  const items = Object.entries(tensors)
    .map(([name, tensor]) => describeItem(name, tensor, options))
    .sort(
      (one, other) =>
        rank.indexOf(one.dtype) - rank.indexOf(other.dtype) || byCodePoint(one.name, other.name),
    );
  let offset = 0;
  const entries = items.map(({ name, dtype, tensor, bytes }) => {
    const begin = offset;
    offset += bytes;
    return { name, dtype, shape: tensor.shape, begin, end: offset };
  });
  const header = encodeHeader({ metadata: options.metadata ?? {}, entries });
  return {
    header,
    size: header.byteLength + offset,
    *data() {
      for (const { name, dtype, tensor } of items) {
        const { values } = isHostTensor(tensor) ? toStoredTensor(tensor, { dtype, name }) : tensor;
        yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      }
    },
  };
}

/** How many bytes the values of a tensor will take in a file. */
export function storedBytes(
  name: string,
  tensor: HostTensor | StoredTensor,
  options: SerialiseOptions,
): number {
  return describeItem(name, tensor, options).bytes;
}

function describeItem(name: string, tensor: HostTensor | StoredTensor, options: SerialiseOptions): Item {
  const refuse = (reason: string): never => {
    throw new Error(`The tensor ${JSON.stringify(name)} cannot be written: ${reason}.`);
  };
  if (name === '__metadata__') return refuse('the format keeps this name for itself');
  if (!isWellFormed(name)) return refuse('its name is no valid Unicode');
  const dtype = dtypeOf(tensor, options);
  if (!isDtype(dtype))
    return refuse(`its dtype is ${dtype}, expected one of ${Object.keys(dtypes).join(', ')}`);
  const { arrayName, bytesPerValue } = dtypes[dtype];
  const { shape, values } = tensor;
  const found = values[Symbol.toStringTag];
  if (!isHostTensor(tensor) && found !== arrayName)
    return refuse(`it is ${dtype} and holds a ${found}, expected a ${arrayName}`);
  const count = valueCount(shape);
  if (count !== values.length)
    return refuse(`it has ${values.length} values, expected ${count ?? 'a countable number'} for [${shape}]`);
  return { name, dtype, tensor, bytes: count * bytesPerValue };
}

function dtypeOf(tensor: HostTensor | StoredTensor, { dtype = 'F32' }: SerialiseOptions): Dtype {
  if (!isHostTensor(tensor)) return tensor.dtype;
  return tensor.dtype === 'float32' ? dtype : 'I32';
}

function isHostTensor(tensor: HostTensor | StoredTensor): tensor is HostTensor {
  return tensor.dtype === 'float32' || tensor.dtype === 'int32';
}
