/** Bits of bfloat16 to float32, exactly. */
export function decodeBfloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(halves.length);
  const bits = new Uint32Array(floats.buffer);
  for (let index = 0; index < halves.length; index += 1) bits[index] = (halves[index] ?? 0) << 16;
  return floats;
}

/** Float32 to the bits of bfloat16: to the nearest, ties to even; beyond the largest to infinity. */
export function encodeBfloat16(floats: Float32Array): Uint16Array<ArrayBuffer> {
  const halves = new Uint16Array(floats.length);
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  for (let index = 0; index < halves.length; index += 1) {
    const word = bits[index] ?? 0;
    const notANumber = (word & 0x7fffffff) > 0x7f800000;
    // A NaN keeps a bit of its fraction, lest it become infinity.
    halves[index] = notANumber ? (word >>> 16) | 0x40 : (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
  }
  return halves;
}
