import { munkres } from 'munkres';

/**
 * Gives every token a cell of its own, so that the tokens together are as likely as can be: the one-to-one assignment with the
 * largest sum of logarithms. Each token's likeliest cell would often put two tokens in one place and leave another empty.
 *
 * @param logProbabilities by token, then by cell: natural logarithms of probabilities or logits, which differ from them by a
 *   number per token and so give the same answer. There may be fewer tokens than cells
 * @returns for each token the raster index of its cell, each cell at most once
 * @throws when there are more tokens than cells, when tokens have different numbers of cells, and on NaN or infinity
 * @source Munkres 1957 (the Hungarian algorithm), by the package `munkres`
 * @example
 * ```ts
 * import { assignCells } from '@whereabouts/position-labels';
 *
 * const both = [
 *   [Math.log(0.7), Math.log(0.2), Math.log(0.1)],
 *   [Math.log(0.9), Math.log(0.1), Math.log(1e-9)], // the likeliest cell of both is 0
 * ];
 * assignCells(both); // => [1, 0]
 * ```
 */
export function assignCells(logProbabilities: readonly (readonly number[])[]): number[] {
  const cells = logProbabilities[0]?.length ?? 0;
  if (logProbabilities.length > cells)
    throw new Error(
      `There are ${logProbabilities.length} tokens for ${cells} cells, so not each can have one.`,
    );
  for (const [token, row] of logProbabilities.entries()) {
    if (row.length !== cells)
      throw new Error(`Token ${token} has ${row.length} cells, but the first token has ${cells}.`);
    const odd = row.findIndex((value) => !Number.isFinite(value));
    if (odd >= 0)
      throw new Error(
        `Token ${token} has ${row[odd]} for cell ${odd}, but a finite number is needed; take logits, or tf.logSoftmax of them.`,
      );
  }
  const costs = logProbabilities.map((row) => row.map((value) => -value));
  const assigned = new Map(munkres(costs));
  return logProbabilities.map((_, token) => assigned.get(token) as number);
}
