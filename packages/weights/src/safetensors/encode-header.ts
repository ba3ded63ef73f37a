import { byCodePoint } from './code-point-order.js';
import { type Header, LARGEST_HEADER, LENGTH_BYTES } from './parse-header.js';
import { isWellFormed } from './strict-json.js';

/** The header of a safetensors file and its length before it, padded with spaces to a multiple of eight bytes. */
export function encodeHeader({ metadata, entries }: Header): Uint8Array {
  // Spelt by hand: an object would move names such as "0" to the front.
  const parts = entries.map(({ name, dtype, shape, begin, end }) =>
    member(name, JSON.stringify({ dtype, shape, data_offsets: [begin, end] })),
  );
  if (Object.keys(metadata).length > 0) parts.unshift(member('__metadata__', encodeMetadata(metadata)));
  const text = new TextEncoder().encode(`{${parts.join(',')}}`);
  const length = Math.ceil(text.byteLength / 8) * 8;
  if (length > LARGEST_HEADER)
    throw new Error(`The header would take ${length} bytes, and the format allows ${LARGEST_HEADER}.`);
  const header = new Uint8Array(LENGTH_BYTES + length).fill(0x20);
  new DataView(header.buffer).setBigUint64(0, BigInt(length), true);
  header.set(text, LENGTH_BYTES);
  return header;
}

function encodeMetadata(metadata: Header['metadata']): string {
  const members = Object.keys(metadata)
    .sort(byCodePoint)
    .map((key) => {
      const value = metadata[key];
      if (typeof value !== 'string' || !isWellFormed(value) || !isWellFormed(key))
        throw new Error(
          `The metadata hold ${JSON.stringify(value)} under ${JSON.stringify(key)}, expected a valid string.`,
        );
      return member(key, JSON.stringify(value));
    });
  return `{${members.join(',')}}`;
}

function member(key: string, value: string): string {
  return `${JSON.stringify(key)}:${value}`;
}
