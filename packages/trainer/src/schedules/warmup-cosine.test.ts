import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { warmupCosine } from './warmup-cosine.js';

describe('warmupCosine', () => {
  it('rises linearly, peaks at the end of the warm-up, and ends at the minimum', () => {
    const rate = warmupCosine({ peak: 2, minimum: 0.5, warmupSteps: 4, steps: 12 });
    expect([0, 1, 2, 4].map(rate)).toEqual([0, 0.5, 1, 2]);
    expect(rate(8)).toBeCloseTo(1.25, 12);
    expect(rate(12)).toBeCloseTo(0.5, 12);
    expect(rate(1000)).toBeCloseTo(0.5, 12);
  });

  it('never leaves the range and never rises after the warm-up', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 0, max: 300 }),
        (warmupSteps, cosineSteps, step) => {
          const rate = warmupCosine({ peak: 1, minimum: 0.1, warmupSteps, steps: warmupSteps + cosineSteps });
          expect(rate(step)).toBeGreaterThanOrEqual(0);
          expect(rate(step)).toBeLessThanOrEqual(1);
          if (step >= warmupSteps) expect(rate(step + 1)).toBeLessThanOrEqual(rate(step));
        },
      ),
    );
  });

  it('refuses a warm-up as long as the training', () => {
    expect(() => warmupCosine({ peak: 1, warmupSteps: 10, steps: 10 })).toThrow(/shorten the warm-up/);
  });
});
