import { existsSync, readFileSync } from 'node:fs';

const cpuinfo = '/proc/cpuinfo';

/**
 * Whether TensorFlow adds up products of bfloat16 in float32 here. Its library for that, oneDNN, wants AVX-512; on a processor
 * without it the sums on the way are rounded to bfloat16 as well. Where the system doesn't tell, float32 is expected.
 */
export function sumsInFloat32(): boolean {
  return !existsSync(cpuinfo) || /\bavx512f\b|\bbf16\b/.test(readFileSync(cpuinfo, 'utf8'));
}
