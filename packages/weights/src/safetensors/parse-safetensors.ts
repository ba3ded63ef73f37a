import { dictionary } from './dictionary.js';
import { requireLittleEndian } from './little-endian.js';
import { LENGTH_BYTES, parseHeader, readHeaderLength } from './parse-header.js';
import { type StoredTensor, storedTensor } from './stored-tensor.js';

/** What a safetensors file holds. */
export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  /** By name, in the order in which they lie in the file. */
  readonly tensors: Readonly<Record<string, StoredTensor>>;
}

/**
 * Parses a safetensors file that lies in memory. Values are views of `bytes` where these are aligned, otherwise copies.
 *
 * @param options.file what messages call it
 * @throws when the format is broken anywhere, a file cut short included; the message says what was found and expected
 * @source the safetensors format; stricter than its reference implementation 0.8 in refusing keys that stand twice, a space
 *   before the header, null metadata, and unknown fields of a tensor
 * @example
 * ```ts
 * import { parseSafetensors, serialiseSafetensors } from '@whereabouts/weights';
 *
 * const bytes = serialiseSafetensors({ bias: { shape: [2], dtype: 'float32', values: Float32Array.of(1, 2) } });
 * const { tensors } = parseSafetensors(bytes);
 * tensors.bias?.dtype; // => "F32"
 * ```
 */
export function parseSafetensors(bytes: Uint8Array, options: { readonly file?: string } = {}): Safetensors {
  const { file = 'This data' } = options;
  requireLittleEndian();
  const size = bytes.byteLength;
  const dataStart = LENGTH_BYTES + readHeaderLength(bytes.subarray(0, LENGTH_BYTES), size, file);
  const { metadata, entries } = parseHeader(bytes.subarray(LENGTH_BYTES, dataStart), size, file);
  const tensors = dictionary(
    entries.map(({ name, dtype, shape, begin, end }): [string, StoredTensor] => [
      name,
      storedTensor(dtype, shape, bytes.subarray(dataStart + begin, dataStart + end)),
    ]),
  );
  return { metadata, tensors };
}
