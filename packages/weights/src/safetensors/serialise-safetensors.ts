import { layOut, type SerialiseOptions, type WritableTensors } from './layout.js';

/**
 * Writes tensors as the bytes of a safetensors file. They lie as the reference implementation lays them: by dtype (I64, F64,
 * F32, I32, BF16, F16, U8, BOOL), then by name in the order of UTF-8; metadata by key; data starts at a multiple of 8 bytes.
 *
 * @throws when a tensor doesn't have as many values as its shape, or holds one that the dtype cannot hold
 * @source the safetensors format; equal tensors give the same bytes as the reference implementation 0.8
 * @example
 * ```ts
 * import { parseSafetensors, serialiseSafetensors } from '@whereabouts/weights';
 *
 * const weight = { shape: [2, 1], dtype: 'float32', values: Float32Array.of(1, 2) } as const;
 * const bytes = serialiseSafetensors({ weight }, { metadata: { epoch: '3' }, dtype: 'BF16' });
 * parseSafetensors(bytes).metadata; // => { "epoch": "3" }
 * ```
 */
export function serialiseSafetensors(tensors: WritableTensors, options: SerialiseOptions = {}): Uint8Array {
  const { header, size, data } = layOut(tensors, options);
  const bytes = new Uint8Array(size);
  bytes.set(header);
  let offset = header.byteLength;
  for (const chunk of data()) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}
