/**
 * The drop-path rate of each block: evenly from 0 in the first to `rate` in the last; a single block drops nothing.
 *
 * @source timm: `linspace(0, drop_path_rate, depth)`
 */
export function dropPathRates(rate: number, depth: number): number[] {
  return Array.from({ length: depth }, (_, block) => (depth === 1 ? 0 : (rate * block) / (depth - 1)));
}
