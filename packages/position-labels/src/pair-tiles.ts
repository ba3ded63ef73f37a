/** A run of neighbours along one axis. */
export interface Run {
  readonly begin: number;
  readonly size: number;
}

// As even as can be, so that a compiler meets at most two different shapes.
function runs(total: number, longest: number): Run[] {
  const count = Math.ceil(total / Math.max(1, longest));
  const edge = (index: number) => Math.floor((index * total) / count);
  return Array.from({ length: count }, (_, index) => ({
    begin: edge(index),
    size: edge(index + 1) - edge(index),
  }));
}

/**
 * Cuts all ordered pairs of a batch into tiles of at most `pairs` pairs, or of one query where that has more already.
 * A tile pairs a run of queries of a run of images with all keys of the same images; it never holds a pair across images.
 */
export function pairTiles(size: {
  readonly batch: number;
  readonly length: number;
  readonly pairs: number;
}): { readonly images: Run; readonly queries: readonly Run[] }[] {
  const { batch, length, pairs } = size;
  return runs(batch, Math.floor(pairs / length ** 2)).map((images) => ({
    images,
    queries: runs(length, Math.floor(pairs / (images.size * length))),
  }));
}
