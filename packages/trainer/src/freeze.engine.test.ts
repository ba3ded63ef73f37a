import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, operation, readVariables, variable } from '@whereabouts/layers';
import { describe, expect, inject, it } from 'vitest';
import { checkpointsFolder, follow } from '../testing/follow.js';
import { toyBatches, toyObjective } from '../testing/toy.js';
import { compiledExecutor } from './compiled-executor.js';
import { eagerExecutor } from './eager-executor.js';
import type { Executor } from './executor.js';
import { freeze } from './freeze.js';

const executors: readonly (readonly [string, () => Executor])[] = [
  ['op by op', eagerExecutor],
  ...(inject('engine') === 'tensorflow' ? ([['compiled', compiledExecutor]] as const) : []),
];

describe.each(executors)('a frozen part, %s', (_name, make) => {
  it('stays as it was, decay included, while the rest learns', async () => {
    const objective = freeze(toyObjective(1), ['backbone']);
    const before = await readVariables(objective.variables);
    const parameters: number[] = [];
    const { steps } = await follow({
      objective,
      executor: make(),
      batches: toyBatches(10),
      epochs: 1,
      learningRate: 0.1,
      callbacks: [{ onStart: (start) => void parameters.push(start.parameters) }],
    });
    const after = await readVariables(objective.variables);
    expect(parameters).toEqual([18]);
    for (const path of ['backbone.layer.weight', 'backbone.layer.bias'])
      expect(after[path]).toEqual(before[path]);
    expect(after['heads.classes.weight']).not.toEqual(before['heads.classes.weight']);
    expect(steps.at(-1)?.metrics.loss).toBeLessThan(steps[0]?.metrics.loss ?? 0);
    disposeVariables(objective.variables);
  });

  it('gets no gradient computed', async () => {
    let gradients = 0;
    const watched = operation((x) => ({
      value: tf.mul(x, 2),
      saved: [],
      gradient: (upstream) => {
        gradients += 1;
        return [tf.mul(upstream, 2)];
      },
    }));
    const variables = { early: variable(tf.ones([2])), late: variable(tf.ones([2])) };
    const objective = {
      variables,
      undecayed: [],
      weights: { product: 1 },
      terms: () => ({
        product: { loss: tf.sum(tf.mul(watched(variables.early), variables.late)) as tf.Scalar },
      }),
    };
    const options = { executor: make(), batches: toyBatches(1), epochs: 1, learningRate: 0.1 };
    await follow({ ...options, objective: freeze(objective, ['early']) });
    expect(gradients).toBe(0);
    expect(Array.from(variables.early.dataSync())).toEqual([1, 1]);
    await follow({ ...options, objective });
    expect(gradients).toBeGreaterThan(0);
    disposeVariables(variables);
  });
});

describe('freeze', () => {
  it('takes names, layers and predicates, and adds up', () => {
    const objective = toyObjective(1);
    const [first] = objective.layerGroups ?? [];
    expect(freeze(objective, first ?? []).frozen).toEqual(['backbone.layer.weight', 'backbone.layer.bias']);
    const biases = freeze(objective, (path) => path.endsWith('.bias'));
    expect(biases.frozen).toEqual(['backbone.layer.bias', 'heads.classes.bias']);
    expect(freeze(biases, ['backbone']).frozen).toEqual([
      'backbone.layer.weight',
      'backbone.layer.bias',
      'heads.classes.bias',
    ]);
    disposeVariables(objective.variables);
  });

  it('says what is wrong', () => {
    const objective = toyObjective(1);
    expect(() => freeze(objective, ['backbone.lay'])).toThrow(/nothing to freeze under "backbone.lay"/);
    expect(() => freeze(objective, () => false)).toThrow(/no variable was chosen/);
    expect(() => freeze(objective, ['backbone', 'heads'])).toThrow(/nothing is left to learn/);
    disposeVariables(objective.variables);
  });

  it('is not undone by a resume', async () => {
    const folder = await checkpointsFolder();
    const objective = toyObjective(1);
    const options = { batches: toyBatches(2), epochs: 1, learningRate: 0.1, executor: eagerExecutor() };
    await follow({ ...options, objective: freeze(objective, ['backbone']), checkpoints: { folder } });
    await expect(follow({ ...options, objective, checkpoints: { folder, resume: true } })).rejects.toThrow(
      /frozen was 2 and is now 0.*loadModel/,
    );
    disposeVariables(objective.variables);
  });
});
