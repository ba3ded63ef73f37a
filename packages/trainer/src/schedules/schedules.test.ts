import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { constant } from './constant.js';
import { cosineSchedule } from './cosine-schedule.js';
import { linearSchedule } from './linear-schedule.js';
import { multistepSchedule } from './multistep-schedule.js';
import { polynomialSchedule } from './polynomial-schedule.js';
import type { Schedule } from './schedule.js';
import { stepSchedule } from './step-schedule.js';
import { warmup } from './warmup.js';

const timm: Readonly<Record<string, { readonly values: readonly number[] }>> = JSON.parse(
  readFileSync(new URL('../../fixtures/schedules.json', import.meta.url), 'utf8'),
);
const [from, steps] = [0.5, 100];
const rise = { steps: 20, from: 1e-4 };
const cosine = cosineSchedule({ from, to: 0.01, steps });

describe('schedules', () => {
  const ours: Readonly<Record<string, Schedule>> = {
    cosine,
    'cosine after a warm-up': warmup(cosine, rise),
    'cosine during a warm-up': warmup(cosine, { ...rise, overlap: true }),
    linear: linearSchedule({ from, to: 0.1, steps }),
    polynomial: polynomialSchedule({ from, to: 0.1, power: 0.5, steps }),
    'polynomial after a warm-up': warmup(polynomialSchedule({ from, to: 0.1, power: 2, steps }), rise),
    step: stepSchedule({ from, every: 30 }),
    'step after a warm-up': warmup(stepSchedule({ from, every: 30 }), rise),
    multistep: multistepSchedule({ from, at: [60, 30] }),
    'constant after a warm-up': warmup(constant(from), rise),
  };

  it('are compared with timm one and all', () => {
    expect(Object.keys(ours).sort()).toEqual(Object.keys(timm).sort());
  });

  it.each(Object.entries(ours))('%s equals that of timm at every step', (name, schedule) => {
    for (const [step, value] of timm[name]?.values.entries() ?? [])
      expect(schedule(step), `step ${step}`).toBeCloseTo(value, 14);
  });

  it('stay between their two values', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 0, max: 200 }),
        fc.double({ min: 0.1, max: 4, noNaN: true }),
        (from, to, steps, step, power) => {
          for (const make of [cosineSchedule, linearSchedule, polynomialSchedule]) {
            const value = make({ from, to, steps, power })(step);
            expect(value).toBeGreaterThanOrEqual(Math.min(from, to) - 1e-12);
            expect(value).toBeLessThanOrEqual(Math.max(from, to) + 1e-12);
          }
        },
      ),
    );
  });

  it.each([
    [() => cosineSchedule({ from: 1, steps: 0 }), /given 0 steps; it needs more than 0/],
    [() => polynomialSchedule({ from: 1, steps: 9, power: 0 }), /power of a schedule is 0/],
    [() => stepSchedule({ from: 1, every: 0 }), /every 0 steps never holds/],
    [() => warmup(constant(1), { steps: -1 }), /given -1 steps; give 0 for none/],
  ])('refuse what makes no schedule', (make, message) => {
    expect(make).toThrow(message);
  });
});
