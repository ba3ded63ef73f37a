import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, variable } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../../testing/expect-close.js';
import { linearSchedule } from '../schedules/linear-schedule.js';
import { adamW } from './adamw.js';
import { lars } from './lars.js';
import type { Optimiser } from './optimiser.js';
import type { OptimiserOptions } from './optimiser-options.js';
import { sgd } from './sgd.js';

type Values = Readonly<Record<string, readonly number[]>>;
const reference: {
  readonly rates: readonly number[];
  readonly shapes: Values;
  readonly start: Values;
  readonly gradients: readonly Values[];
  readonly cases: Readonly<Record<string, readonly Values[]>>;
} = JSON.parse(readFileSync(new URL('../../fixtures/optimisers.json', import.meta.url), 'utf8'));

const tensorsOf = (values: Values) =>
  Object.fromEntries(
    Object.entries(values).map(([path, numbers]) => [
      path,
      tf.tensor([...numbers], [...(reference.shapes[path] ?? [])]),
    ]),
  );
const startVariables = () =>
  Object.fromEntries(
    Object.entries(tensorsOf(reference.start)).map(([path, value]) => [path, variable(value)]),
  );

/** One update from host numbers. */
function update(optimiser: Optimiser, gradients: Values, learningRate: number, step: number): void {
  tf.tidy(() => {
    const scalars = Object.entries(optimiser.scalars(step)).map(([name, value]) => [name, tf.scalar(value)]);
    optimiser.update(tensorsOf(gradients), tf.scalar(learningRate), Object.fromEntries(scalars));
  });
}

const undecayed = ['encoding'];
const scaled = { undecayed, weightDecay: 0.05, learningRateScales: { matrix: 0.5 } };
const momentum = 0.9;
const cases: Readonly<Record<string, (variables: OptimiserOptions['variables']) => Optimiser>> = {
  sgd: (variables) => sgd({ variables, momentum: 0 }),
  'sgd with momentum': (variables) => sgd({ variables, momentum }),
  'sgd with momentum, decay and scale': (variables) => sgd({ variables, momentum, ...scaled }),
  "sgd with Nesterov's momentum": (variables) =>
    sgd({ variables, momentum, nesterov: true, undecayed, weightDecay: 0.05 }),
  lars: (variables) => lars({ variables, undecayed, weightDecay: 0.05 }),
  'lars with scale': (variables) => lars({ variables, ...scaled, trustCoefficient: 0.01 }),
  "lars with Nesterov's momentum": (variables) =>
    lars({ variables, nesterov: true, undecayed, weightDecay: 0.05 }),
  'lars without decay': (variables) => lars({ variables, undecayed }),
  'lars without momentum': (variables) => lars({ variables, momentum: 0, undecayed, weightDecay: 0.05 }),
  'adamw with scale': (variables) => adamW({ variables, ...scaled }),
};

describe('optimisers', () => {
  it('are compared with all that PyTorch and timm computed', () => {
    expect(Object.keys(cases)).toEqual(Object.keys(reference.cases));
  });

  it.each(Object.entries(cases))('%s equals six steps of PyTorch or timm', (name, make) => {
    const variables = startVariables();
    const optimiser = make(variables);
    for (const [step, gradients] of reference.gradients.entries()) {
      update(optimiser, gradients, reference.rates[step] ?? Number.NaN, step);
      for (const [path, value] of Object.entries(variables)) {
        const values = reference.cases[name]?.[step]?.[path] ?? [];
        expectClose(value, { shape: value.shape, values }, 1e-5);
      }
    }
    disposeVariables(variables);
    disposeVariables(optimiser.state);
  });

  it.each([
    ['adamW', adamW],
    ['sgd', sgd],
    ['lars', lars],
  ])('%s keeps nothing for what is frozen, and takes a schedule for its weight decay', (_name, make) => {
    const variables = startVariables();
    const weightDecay = linearSchedule({ from: 0.1, to: 0.3, steps: 2 });
    const scheduled = make({ variables, weightDecay, frozen: ['encoding'] });
    expect(Object.keys(scheduled.state).filter((path) => path.includes('encoding'))).toEqual([]);
    const plain = startVariables();
    const fixed = make({ variables: plain, weightDecay: 0.2, frozen: ['encoding'] });
    const [gradients] = reference.gradients;
    const { encoding: _frozen, ...learned } = gradients as Values;
    update(scheduled, learned, 0.1, 1);
    update(fixed, learned, 0.1, 1);
    for (const [path, value] of Object.entries(variables))
      expectClose(value, { shape: value.shape, values: plain[path]?.dataSync() ?? [] }, 1e-6);
    for (const made of [variables, plain, scheduled.state, fixed.state]) disposeVariables(made);
  });

  it('refuse a scale of no variable', () => {
    const options = { variables: {}, learningRateScales: { backbone: 0.5 } };
    for (const make of [adamW, sgd, lars])
      expect(() => make(options)).toThrow(/learningRateScales names "backbone", which is no variable/);
  });

  it('says that Nesterov needs momentum', () => {
    expect(() => sgd({ variables: {}, momentum: 0, nesterov: true })).toThrow(/0.9 is usual/);
  });
});
