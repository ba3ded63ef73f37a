import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { countParameters, disposeVariables, gatherVariables, variable } from './variables.js';

describe('variables', () => {
  it('makes a variable of a value and disposes the value', () => {
    const before = tf.memory().numTensors;
    const initial = tf.ones([2, 3]);
    const made = variable(initial);
    expect(initial.isDisposed).toBe(true);
    expect(Array.from(made.dataSync())).toEqual([1, 1, 1, 1, 1, 1]);
    expect(tf.memory().numTensors).toBe(before + 1);
    made.dispose();
  });

  it('outlives the tidy in which it was made', () => {
    const made = tf.tidy(() => ({ weight: variable(tf.ones([2])) }));
    expect(made.weight.isDisposed).toBe(false);
    disposeVariables(made);
  });

  it('gathers paths in the order of the parts, the very same variables', () => {
    const a = variable(tf.ones([2]));
    const b = variable(tf.ones([3]));
    const gathered = gatherVariables({
      first: { variables: { 'inner.weight': a } },
      second: { variables: { weight: b, bias: a } },
    });
    expect(Object.keys(gathered)).toEqual(['first.inner.weight', 'second.weight', 'second.bias']);
    expect(gathered['first.inner.weight']).toBe(a);
    expect(countParameters(gathered)).toBe(7);
    disposeVariables({ a, b });
  });

  it('counts none where there are none', () => {
    expect(countParameters({})).toBe(0);
  });

  it('frees memory, of shared variables once', () => {
    const before = tf.memory().numTensors;
    const shared = variable(tf.ones([2]));
    disposeVariables({ shared, again: shared });
    expect(tf.memory().numTensors).toBe(before);
  });
});
