/**
 * The drop-path rate of each block of each stage: evenly from 0 in the first block of all to `rate` in the last of all; a
 * single block drops nothing.
 *
 * @source timm: `linspace(0, drop_path_rate, sum(depths))`
 */
export function dropPathRates(rate: number, depths: readonly number[]): number[][] {
  const total = depths.reduce((sum, depth) => sum + depth, 0);
  let before = 0;
  return depths.map((depth) => {
    const first = before;
    before += depth;
    return Array.from({ length: depth }, (_, block) =>
      total === 1 ? 0 : (rate * (first + block)) / (total - 1),
    );
  });
}
