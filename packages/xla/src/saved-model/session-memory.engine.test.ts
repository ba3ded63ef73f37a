import * as tf from '@tensorflow/tfjs-core';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { assign, callExpPlusOne, expPlusOne, placeholder, reference, variable } from '../../testing/nodes.js';
import type { SavedModel } from '../graph/saved-model.js';
import { openSession } from './session.js';

const megabyte = ['float32', [2 ** 18]] as const;

/** Takes, keeps and gives a megabyte each. */
const model: SavedModel = {
  nodes: [
    ...variable('kept', ...megabyte),
    placeholder('x', ...megabyte),
    ...assign('assign', 'kept', 'x', 'float32'),
    callExpPlusOne('y', 'x'),
  ],
  functions: [expPlusOne],
  signatures: {
    run: {
      inputs: { x: reference('x:0', ...megabyte) },
      outputs: { y: reference('y:0', ...megabyte), done: reference('assign/done:0', 'float32', []) },
    },
  },
};

describe.skipIf(inject('engine') !== 'tensorflow')('the memory of sessions', () => {
  let x: tf.Tensor;
  beforeEach(() => {
    x = tf.zeros([2 ** 18]);
    return () => x.dispose();
  });

  it('is given back by 60 that are opened, run and disposed', () => {
    const grown = growth({ warmUp: 10, rounds: 60 }, () => {
      const session = openSession(model);
      tf.dispose(session.run('run', { x }));
      session.dispose();
    });
    expect(grown.tensors).toBe(0);
    expect(grown.megabytes).toBeLessThan(50);
  });

  it('stays as it is over 2000 runs', () => {
    const session = openSession(model);
    const grown = growth({ warmUp: 100, rounds: 2000 }, () => tf.dispose(session.run('run', { x })));
    session.dispose();
    expect(grown.tensors).toBe(0);
    expect(grown.megabytes).toBeLessThan(50);
  });
});

function growth({ warmUp, rounds }: { warmUp: number; rounds: number }, run: () => void) {
  for (let round = 0; round < warmUp; round += 1) run();
  const before = { tensors: tf.memory().numTensors, bytes: process.memoryUsage().rss };
  for (let round = 0; round < rounds; round += 1) run();
  return {
    tensors: tf.memory().numTensors - before.tensors,
    megabytes: (process.memoryUsage().rss - before.bytes) / 2 ** 20,
  };
}
