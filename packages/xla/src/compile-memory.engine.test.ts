import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { type Compiled, compile } from './compile.js';

const size = 256;

describe.runIf(inject('engine') === 'tensorflow')('the memory of compiled functions', () => {
  let weight: tf.Variable;
  let x: tf.Tensor;
  beforeEach(() => {
    weight = tf.tidy(() => tf.variable(createRandom({ seed: 0, step: 0 }).normal('weight', [size, size])));
    x = tf.ones([size, size]);
    return () => tf.dispose([weight, x]);
  });

  const compileStep = () =>
    compile({
      train: {
        inputs: { x: { shape: [size, size], dtype: 'float32' } },
        run: ({ x }, { random, scalar }) => {
          const noise = random.normal('noise', [size, size]);
          const { value, grads } = tf.variableGrads(
            () => tf.mean(tf.square(tf.sub(tf.matMul(weight, x as tf.Tensor), noise))),
            [weight],
          );
          weight.assign(tf.sub(weight, tf.mul(grads[weight.name] as tf.Tensor, scalar('learningRate'))));
          return { loss: value };
        },
      },
    });
  const step = (compiled: Compiled<'train'>) =>
    tf.dispose(compiled.run('train', { x }, { scalars: { learningRate: 1e-4 } }));

  it('is given back by 50 that are compiled, run and disposed', () => {
    const grown = growth({ warmUp: 10, rounds: 50 }, () => {
      const compiled = compileStep();
      step(compiled);
      compiled.pull();
      compiled.dispose();
    });
    expect(grown.tensors).toBe(0);
    expect(grown.megabytes).toBeLessThan(100);
  });

  it('stays as it is over 500 steps', () => {
    const compiled = compileStep();
    const grown = growth({ warmUp: 10, rounds: 500 }, () => step(compiled));
    compiled.dispose();
    expect(grown.tensors).toBe(0);
    expect(grown.megabytes).toBeLessThan(100);
  });
});

/** By how much tensors and memory grow over the rounds after the first few. */
function growth({ warmUp, rounds }: { warmUp: number; rounds: number }, run: () => void) {
  for (let round = 0; round < warmUp; round += 1) run();
  const before = { tensors: tf.memory().numTensors, bytes: process.memoryUsage().rss };
  for (let round = 0; round < rounds; round += 1) run();
  return {
    tensors: tf.memory().numTensors - before.tensors,
    megabytes: (process.memoryUsage().rss - before.bytes) / 2 ** 20,
  };
}
