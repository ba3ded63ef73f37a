import { disposeVariables, readVariables } from '@whereabouts/layers';
import { describe, expect, inject, it } from 'vitest';
import { follow } from '../../testing/follow.js';
import { toyBatches, toyObjective } from '../../testing/toy.js';
import { compiledExecutor } from '../compiled-executor.js';
import { eagerExecutor } from '../eager-executor.js';
import type { Executor } from '../executor.js';
import { layerDecay } from '../layer-decay.js';
import { linearSchedule } from '../schedules/linear-schedule.js';
import { adamW } from './adamw.js';
import { lars } from './lars.js';
import { sgd } from './sgd.js';

/** Trains the toy with layer decay and a scheduled weight decay, and gives its weights. */
async function trained(make: typeof sgd, executor: Executor) {
  const objective = toyObjective(1);
  const weightDecay = linearSchedule({ from: 0.2, to: 0.4, steps: 10 });
  const optimiser = make({ ...objective, weightDecay, learningRateScales: layerDecay(objective, 0.5) });
  await follow({ objective, optimiser, executor, batches: toyBatches(10), epochs: 1, learningRate: 0.05 });
  const weights = await readVariables({ ...objective.variables, ...optimiser.state });
  for (const made of [objective.variables, optimiser.state]) disposeVariables(made);
  return weights;
}

describe.runIf(inject('engine') === 'tensorflow')('an optimiser compiled', () => {
  it.each([
    ['adamW', adamW],
    ['sgd', sgd],
    ['lars', lars],
    ["sgd with Nesterov's momentum", (options) => sgd({ ...options, nesterov: true })],
  ] satisfies [string, typeof sgd][])('changes weights and state as op by op: %s', async (_name, make) => {
    const eager = await trained(make, eagerExecutor());
    const compiled = await trained(make, compiledExecutor());
    for (const [path, { values }] of Object.entries(eager))
      for (const [index, value] of values.entries())
        expect(compiled[path]?.values[index], path).toBeCloseTo(value, 5);
  });
});
