import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../checkpoints/progress.js';
import { judge } from './judge.js';

const fresh: Progress = { step: 0, steps: 100, stepsPerEpoch: 10, accumulate: 1, seed: 0, frozen: 0 };

/** Judges values one after the other, at steps 1, 2, 3, … */
function judged(
  values: readonly number[],
  rules: Omit<Parameters<typeof judge>[2], 'best'>,
  mode: 'min' | 'max',
) {
  let progress = fresh;
  return values.map((loss, index) => {
    const verdict = judge(
      { ...progress, step: index + 1 },
      { loss },
      { ...rules, best: { metric: 'loss', mode } },
    );
    progress = verdict.progress;
    return verdict;
  });
}

describe('judge', () => {
  it('finds the best, the earliest of equals', () => {
    const verdicts = judged([3, 1, 2, 1, 0.5], { keepBest: 1 }, 'min');
    expect(verdicts.map(({ best }) => best)).toEqual([true, true, false, false, true]);
    expect(verdicts.at(3)?.progress.best).toEqual({ metric: 'loss', value: 1, step: 2 });
    expect(verdicts.at(-1)?.progress).toMatchObject({ evaluated: 5, best: { value: 0.5, step: 5 } });
    expect(verdicts.at(-1)?.progress.kept).toBeUndefined();
  });

  it('keeps the best few', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 2, max: 5 }),
        fc.constantFrom('min', 'max'),
        (values, keepBest, mode) => {
          const files = new Set<number>();
          for (const { kept, dropped, progress } of judged(values, { keepBest }, mode)) {
            if (kept) files.add(progress.step);
            for (const step of dropped) files.delete(step);
          }
          const sign = mode === 'min' ? 1 : -1;
          const ranked = values
            .map((value, index) => ({ value, step: index + 1 }))
            .sort((a, b) => sign * (a.value - b.value) || a.step - b.step)
            .slice(0, keepBest);
          expect([...files].sort()).toEqual(ranked.map(({ step }) => step).sort());
        },
      ),
    );
  });

  it('counts evaluations without improvement', () => {
    const waited = (values: readonly number[], mode: 'min' | 'max', minimumChange?: number) =>
      judged(
        values,
        {
          keepBest: 1,
          earlyStopping: { patience: 3, ...(minimumChange === undefined ? {} : { minimumChange }) },
        },
        mode,
      ).map(({ progress }) => progress.patience?.waited);
    expect(waited([3, 2, 2, 2.5, 1], 'min')).toEqual([0, 0, 1, 2, 0]);
    expect(waited([1, 2, 2, 1.5, 3], 'max')).toEqual([0, 0, 1, 2, 0]);
    expect(waited([3, 2.9, 2.8, 2.7, 2.2], 'min', 0.5)).toEqual([0, 1, 2, 3, 0]);
  });

  it('can stop by another metric than the best is chosen by', () => {
    const rules = {
      best: { metric: 'loss', mode: 'min' },
      earlyStopping: { patience: 1, metric: 'accuracy', mode: 'max' },
      keepBest: 1,
    } as const;
    const { progress } = judge({ ...fresh, step: 1 }, { loss: 2, accuracy: 0.5 }, rules);
    const next = judge({ ...progress, step: 2 }, { loss: 1, accuracy: 0.4 }, rules);
    expect(next).toMatchObject({ best: true, progress: { patience: { value: 0.5, waited: 1 } } });
  });

  it('says which metrics there are', () => {
    expect(() =>
      judge(fresh, { loss: 1 }, { best: { metric: 'acuracy', mode: 'max' }, keepBest: 1 }),
    ).toThrow('There is no metric "acuracy" to judge by; there are loss.');
  });
});
