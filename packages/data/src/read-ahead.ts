import { setImmediate } from 'node:timers/promises';

/**
 * Loads the values numbered from `first` up to but not including `end`, in order, with `ahead` of them under way while
 * the consumer is busy. When the consumer stops early, what is under way is waited for, and its errors are dropped.
 */
export async function* readAhead<Value>(
  { first, end, ahead }: { readonly first: number; readonly end: number; readonly ahead: number },
  load: (index: number) => Promise<Value>,
): AsyncGenerator<Value, void, undefined> {
  const underWay: Promise<Value>[] = [];
  let next = first;
  const fill = () => {
    for (; next < end && underWay.length < ahead; next += 1) {
      const value = load(next);
      value.catch(() => {}); // reported when its turn comes, and not before as an unhandled rejection
      underWay.push(value);
    }
  };
  try {
    fill();
    for (let value = underWay.shift(); value !== undefined; value = underWay.shift()) {
      const loaded = await value;
      fill();
      await setImmediate(); // lets signals, timers and finished decodings in, even where every value was at hand
      yield loaded;
    }
  } finally {
    await Promise.allSettled(underWay);
  }
}
