import { describe, expect, it } from 'vitest';
import { shareInterval } from './share-interval.js';

describe('shareInterval', () => {
  // The formula in its other form, (p + z²/2n ± z·√(p(1-p)/n + z²/4n²)) / (1 + z²/n), in Python.
  it('is the Wilson score interval', () => {
    const { share, low, high } = shareInterval(8, 10, 1.959964);
    expect(share).toBe(0.8);
    expect(low).toBeCloseTo(0.4901625, 6);
    expect(high).toBeCloseTo(0.9433178, 6);
  });

  it('stays between 0 and 1', () => {
    expect(shareInterval(0, 5, 2.576).low).toBe(0);
    expect(shareInterval(5, 5, 2.576).high).toBeCloseTo(1, 12);
    expect(shareInterval(5, 5, 2.576).high).toBeLessThanOrEqual(1);
  });
});
