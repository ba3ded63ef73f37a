import { describe, expect, it } from 'vitest';
import { evaluationText, stepText } from './metrics-text.js';
import { countText, durationText, percentText } from './number-text.js';

const metrics = {
  loss: 3.41234,
  'classes.loss': 1.9,
  'classes.accuracy': 0.3125,
  'absolute.loss': 3.0183,
  'absolute.accuracy': 0.125,
  'absolute.distance': 2,
  'mask.loss': 0.25,
  gradientNorm: 1,
};

describe('texts', () => {
  it('tell a step by its terms, with their accuracies', () => {
    expect(stepText(metrics)).toBe(
      'loss 3.412, classes 1.900 (31.3 %), absolute 3.018 (12.5 %), mask 0.2500',
    );
  });

  it('tell an evaluation beside what needs no look at the pictures', () => {
    expect(evaluationText(metrics, { 'classes.accuracy': 0.24, 'absolute.accuracy': 1 / 64 })).toBe(
      'classes accuracy 31.3 % (largest class 24.0 %), absolute accuracy 12.5 % (chance 1.6 %), loss 3.412',
    );
  });

  it('tell durations, shares and counts', () => {
    expect([0.4, 59.6, 200, 3599.7, 7500].map(durationText)).toEqual([
      '0 s',
      '1 min 0 s',
      '3 min 20 s',
      '1 h 0 min',
      '2 h 5 min',
    ]);
    expect(percentText(0.0156)).toBe('1.6 %');
    expect(countText(5717416)).toBe('5,717,416');
  });
});
