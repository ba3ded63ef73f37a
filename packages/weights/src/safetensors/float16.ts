/** Bits of half-precision floats to float32, exactly. */
export function decodeFloat16(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const floats = new Float32Array(halves.length);
  const bits = new Uint32Array(floats.buffer);
  for (let index = 0; index < halves.length; index += 1) {
    const half = halves[index] ?? 0;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >>> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) floats[index] = (sign === 0 ? fraction : -fraction) * 2 ** -24;
    else if (exponent === 0x1f) bits[index] = sign | 0x7f800000 | (fraction << 13);
    else bits[index] = sign | ((exponent + 112) << 23) | (fraction << 13);
  }
  return floats;
}

/** Float32 to the bits of half-precision floats: to the nearest, ties to even; beyond 65504 to infinity. */
export function encodeFloat16(floats: Float32Array): Uint16Array<ArrayBuffer> {
  const halves = new Uint16Array(floats.length);
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  for (let index = 0; index < halves.length; index += 1) {
    const word = bits[index] ?? 0;
    const magnitude = word & 0x7fffffff;
    halves[index] = ((word >>> 16) & 0x8000) | encodeMagnitude(magnitude, floats[index] ?? 0);
  }
  return halves;
}

function encodeMagnitude(magnitude: number, float: number): number {
  if (magnitude > 0x7f800000) return 0x7e00 | ((magnitude >>> 13) & 0x1ff); // NaN
  if (magnitude >= 0x47800000) return 0x7c00; // 65536 and more
  // Below the smallest normal half, in units of the smallest one; adding 2^52 rounds to whole ones, ties to even.
  if (magnitude < 0x38800000) return Math.abs(float) * 2 ** 24 + 2 ** 52 - 2 ** 52;
  return (magnitude - 0x38000000 + 0xfff + ((magnitude >>> 13) & 1)) >>> 13;
}
