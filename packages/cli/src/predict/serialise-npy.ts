import type { HostTensor } from '@whereabouts/layers';

const types = { float32: '<f4', int32: '<i4' } as const;

/**
 * A tensor as the bytes of a NumPy file.
 *
 * @source numpy.lib.format, version 1.0: the header padded with spaces to a multiple of 64 bytes, and a line break at its end
 */
export function serialiseNpy({ shape, dtype, values }: HostTensor): Uint8Array {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '${types[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  const header = `${dictionary.padEnd(Math.ceil((dictionary.length + 11) / 64) * 64 - 11)}\n`;
  const start = 10 + header.length;
  const bytes = new Uint8Array(start + values.byteLength);
  const view = new DataView(bytes.buffer);
  bytes.set([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0]);
  view.setUint16(8, header.length, true);
  bytes.set(new TextEncoder().encode(header), 10);
  for (const [index, value] of values.entries())
    if (dtype === 'float32') view.setFloat32(start + 4 * index, value, true);
    else view.setInt32(start + 4 * index, value, true);
  return bytes;
}
