import { stream } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { drawBeta } from './beta.js';

describe('drawBeta', () => {
  it.each([0.05, 0.2, 0.8, 1, 3, 40])(
    'has the mean and variance of the beta distribution: alpha %f',
    (alpha) => {
      const random = stream(0, 'beta', alpha);
      const count = 40_000;
      const values = Array.from({ length: count }, () => drawBeta(alpha, random) - 0.5);
      const variance = 1 / (4 * (2 * alpha + 1));
      const mean = values.reduce((sum, value) => sum + value, 0) / count;
      const square = values.reduce((sum, value) => sum + value ** 2, 0) / count;
      // Five deviations; the fourth central moment gives that of the variance.
      const fourth = variance ** 2 * (3 - 6 / (2 * alpha + 3));
      expect(Math.abs(mean)).toBeLessThan(5 * Math.sqrt(variance / count));
      expect(Math.abs(square - variance)).toBeLessThan(5 * Math.sqrt((fourth - variance ** 2) / count));
    },
  );

  it('is a number from 0 to 1 for the smallest alphas too', () => {
    const random = stream(0, 'small');
    for (let draw = 0; draw < 2000; draw += 1) {
      const value = drawBeta(1e-4, random);
      expect(value >= 0 && value <= 1).toBe(true);
    }
  });
});
