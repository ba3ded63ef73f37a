import type { HostBatch } from '@whereabouts/layers';
import type { Batches } from '../batches.js';

/** The batches of an epoch one by one, and how long they were waited for. */
export interface EpochReader {
  /** The next batch; undefined when the epoch is over. */
  readonly next: () => Promise<HostBatch | undefined>;
  /** Seconds of waiting since the last time that this was asked. */
  readonly waitSeconds: () => number;
  /** Lets the data end what it began. */
  readonly close: () => Promise<void>;
}

/** Reads an epoch counted from 0, from one of its batches on; no more batches than it promised. */
export function readEpoch(batches: Batches, epoch: number, firstBatch: number): EpochReader {
  const source = batches.epoch(epoch, firstBatch)[Symbol.asyncIterator]();
  let left = batches.length - firstBatch;
  let waited = 0;
  return {
    next: async () => {
      if (left === 0) return undefined;
      const asked = performance.now();
      const { value, done } = await source.next();
      waited += (performance.now() - asked) / 1000;
      left -= 1;
      return done === true ? undefined : value;
    },
    waitSeconds: () => {
      const seconds = waited;
      waited = 0;
      return seconds;
    },
    close: async () => {
      await source.return?.();
    },
  };
}
