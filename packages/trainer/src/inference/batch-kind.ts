import type { HostBatch } from '@whereabouts/layers';

/** Equal for batches that one graph takes. */
export function kindOf(batch: HostBatch): string {
  return Object.entries(batch)
    .map(([name, { shape, dtype }]) => `${name} ${dtype}[${shape}]`)
    .join(' ');
}
