import { dictionary } from './dictionary.js';
import { type Dtype, dtypes, isDtype, valueCount } from './stored-tensor.js';
import { isObject, parseStrictJson } from './strict-json.js';

/** Where a tensor lies in a file; offsets in bytes from the beginning of the data. */
interface TensorEntry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** What the header of a safetensors file says. */
export interface Header {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order in which they lie in the file. */
  readonly entries: readonly TensorEntry[];
}

/** Bytes before the header: its length as a little-endian number. */
export const LENGTH_BYTES = 8;

/** The largest header that is read or written, in bytes, as in the reference implementation. */
export const LARGEST_HEADER = 100_000_000;

/**
 * The length of the header in bytes, from the first eight bytes of a file of `size` bytes.
 *
 * @throws when the file is too short for what it says
 */
export function readHeaderLength(first: Uint8Array, size: number, file: string): number {
  if (size < LENGTH_BYTES)
    throw new Error(
      `${file} is no safetensors file: it has ${size} bytes, and the length of the header alone takes ${LENGTH_BYTES}.`,
    );
  const length = new DataView(first.buffer, first.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  if (length > BigInt(LARGEST_HEADER))
    throw new Error(
      `${file} is no safetensors file: it announces a header of ${length} bytes, and at most ${LARGEST_HEADER} are allowed.`,
    );
  if (LENGTH_BYTES + Number(length) > size)
    throw new Error(
      `${file} is cut short: its header should end at byte ${LENGTH_BYTES + Number(length)}, and the file has ${size} bytes. Fetch or write it again.`,
    );
  return Number(length);
}

/**
 * Parses the header of a safetensors file of `size` bytes and checks that its tensors fill the data exactly.
 *
 * @throws when anything in it breaks the format; the message names the tensor
 */
export function parseHeader(bytes: Uint8Array, size: number, file: string): Header {
  const object = parseJson(bytes, file);
  const metadata = parseMetadata(object.__metadata__, file);
  const entries = Object.entries(object)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => parseEntry(name, entry, file))
    .sort((one, other) => one.begin - other.begin || one.end - other.end);
  requireContiguous(entries, file);
  const promised = LENGTH_BYTES + bytes.byteLength + (entries.at(-1)?.end ?? 0);
  if (size < promised)
    throw new Error(
      `${file} is cut short: its header promises ${promised} bytes, and it has ${size}, ${promised - size} too few. Fetch or write it again.`,
    );
  if (size > promised)
    throw new Error(
      `${file} goes on after its last tensor: its header promises ${promised} bytes, and it has ${size}, ${size - promised} too many.`,
    );
  return { metadata, entries };
}

function parseJson(bytes: Uint8Array, file: string): Record<string, unknown> {
  if (bytes[0] !== 0x7b)
    throw new Error(
      `${file} is no safetensors file: its header begins with byte ${bytes[0] ?? 'nothing'}, expected 123, an opening brace.`,
    );
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // Begins with a brace, so it is an object.
    return parseStrictJson(text, (spelling) => /^\d+$/.test(spelling)) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`The header of ${file} is damaged: ${(error as Error).message}.`, { cause: error });
  }
}

function parseMetadata(metadata: unknown, file: string): Record<string, string> {
  if (metadata === undefined) return dictionary([]);
  const expected = 'expected an object of strings';
  if (!isObject(metadata))
    throw new Error(`${file}: __metadata__ is ${JSON.stringify(metadata)}, ${expected}.`);
  return dictionary(
    Object.entries(metadata).map(([key, value]) => {
      if (typeof value !== 'string')
        throw new Error(
          `${file}: __metadata__ holds ${JSON.stringify(value)} under ${JSON.stringify(key)}, ${expected}.`,
        );
      return [key, value];
    }),
  );
}

function parseEntry(name: string, entry: unknown, file: string): TensorEntry {
  const refuse = (reason: string): never => {
    throw new Error(`${file}: the tensor ${JSON.stringify(name)} ${reason}.`);
  };
  if (!isObject(entry)) return refuse(`is ${JSON.stringify(entry)}, expected an object`);
  const { dtype, shape, data_offsets: offsets, ...rest } = entry;
  const strangers = Object.keys(rest);
  if (strangers.length > 0)
    return refuse(`has ${strangers.join(', ')} besides dtype, shape and data_offsets`);
  if (!isDtype(dtype))
    return refuse(
      `has the dtype ${JSON.stringify(dtype)}; this package reads ${Object.keys(dtypes).join(', ')}`,
    );
  const count = Array.isArray(shape) ? valueCount(shape) : undefined;
  if (count === undefined)
    return refuse(`has the shape ${JSON.stringify(shape)}, expected a list of whole numbers from 0 up`);
  const wanted = count * dtypes[dtype].bytesPerValue;
  const [begin, end] = Array.isArray(offsets) && offsets.length === 2 ? offsets : [];
  if (!Number.isSafeInteger(begin) || !Number.isSafeInteger(end) || begin > end)
    return refuse(`has the offsets ${JSON.stringify(offsets)}, expected a beginning and an end`);
  if (end - begin !== wanted)
    return refuse(
      `lies in ${end - begin} bytes (${begin} to ${end}), expected ${wanted} for ${dtype} [${shape}]`,
    );
  return { name, dtype, shape: shape as number[], begin, end };
}

function requireContiguous(entries: readonly TensorEntry[], file: string): void {
  let reached = 0;
  for (const { name, begin, end } of entries) {
    const fault = begin > reached ? 'leaves a hole' : 'overlaps the tensor before it';
    if (begin !== reached)
      throw new Error(
        `${file}: the tensor ${JSON.stringify(name)} ${fault}: it begins at byte ${begin} of the data, expected ${reached}.`,
      );
    reached = end;
  }
}
