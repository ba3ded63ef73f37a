/** Throws on the rare machine whose arrays don't have the byte order of the files. */
export function requireLittleEndian(): void {
  if (new Uint8Array(Uint16Array.of(1).buffer)[0] !== 1)
    throw new Error(
      'This machine is big-endian and safetensors files are little-endian; they cannot be read or written here.',
    );
}
