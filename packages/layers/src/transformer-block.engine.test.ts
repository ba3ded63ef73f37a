import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { expectGradientOfDifferences } from '../../../testing/numerical-gradient.js';
import { attention } from './attention.js';
import type { Initialise } from './initialise.js';
import { standardise } from './layer-norm.js';
import { mlp } from './mlp.js';
import { evaluationPass, trainingPass } from './pass.js';
import { createRandom } from './random.js';
import { transformerBlock } from './transformer-block.js';

const random = createRandom({ seed: 0, step: 0 });
const wide: Initialise = (source, name, shape) => tf.mul(source.normal(name, shape), 0.5);

describe('transformerBlock', () => {
  it('names its variables as checkpoints do', () => {
    const shapes = Object.entries(transformerBlock({ channels: 4, heads: 2, random }).variables).map(
      ([path, { shape }]) => `${path} [${shape}]`,
    );
    expect(shapes).toEqual([
      'norm1.weight [4]',
      'norm1.bias [4]',
      'attention.qkv.weight [4,12]',
      'attention.qkv.bias [12]',
      'attention.projection.weight [4,4]',
      'attention.projection.bias [4]',
      'norm2.weight [4]',
      'norm2.bias [4]',
      'mlp.hidden.weight [4,16]',
      'mlp.hidden.bias [16]',
      'mlp.output.weight [16,4]',
      'mlp.output.bias [4]',
    ]);
  });

  it('adds attention of the normed tokens, then the MLP of their normed sum', () => {
    const block = transformerBlock({ channels: 4, heads: 2, random, initialise: wide });
    const mixing = attention({ channels: 4, heads: 2, random: random.fork('attention'), initialise: wide });
    const feedForward = mlp({ channels: 4, hidden: 16, random: random.fork('mlp'), initialise: wide });
    const tokens = random.normal('tokens', [2, 3, 4]) as tf.Tensor3D;
    const middle = tf.add(tokens, mixing.apply(standardise(tokens, 1e-6), evaluationPass()));
    const expected = tf.add(middle, feedForward.apply(standardise(middle, 1e-6)));
    expectClose(
      block.apply(tokens, evaluationPass()),
      { shape: [2, 3, 4], values: expected.dataSync() },
      1e-6,
    );
  });

  it('scales its branches channel by channel where a layer scale is given', () => {
    const block = transformerBlock({ channels: 4, heads: 2, random, initialise: wide, layerScale: 1e-5 });
    expect(Object.keys(block.variables).filter((path) => path.startsWith('layerScale'))).toEqual([
      'layerScale1.weight',
      'layerScale2.weight',
    ]);
    const [first, second] = [random.normal('first', [4]), random.normal('second', [4])];
    block.variables['layerScale1.weight']?.assign(first);
    block.variables['layerScale2.weight']?.assign(second);
    const mixing = attention({ channels: 4, heads: 2, random: random.fork('attention'), initialise: wide });
    const feedForward = mlp({ channels: 4, hidden: 16, random: random.fork('mlp'), initialise: wide });
    const tokens = random.normal('tokens', [2, 3, 4]) as tf.Tensor3D;
    const mixed = mixing.apply(standardise(tokens, 1e-6), evaluationPass());
    const middle = tf.add(tokens, tf.mul(mixed, first));
    const expected = tf.add(middle, tf.mul(feedForward.apply(standardise(middle, 1e-6)), second));
    expectClose(
      block.apply(tokens, evaluationPass()),
      { shape: [2, 3, 4], values: expected.dataSync() },
      1e-6,
    );
  });

  it('has the gradient of finite differences, in training too', () => {
    const block = transformerBlock({ channels: 4, heads: 2, random, dropPath: 0.4, initialise: wide });
    const weights = random.normal('score', [3, 2, 4]);
    for (const pass of [evaluationPass(), trainingPass({ seed: 0, step: 1 })])
      expectGradientOfDifferences(
        (tokens) => tf.sum(tf.mul(block.apply(tokens as tf.Tensor3D, pass), weights)) as tf.Scalar,
        random.normal('tokens', [3, 2, 4]),
      );
  });

  it('draws once for each of its two branches', () => {
    const drawn: string[] = [];
    const at = (prefix: string): typeof random => ({
      uniform: (name, shape) => {
        drawn.push(`${prefix}${name}`);
        return random.uniform(`${prefix}${name}`, shape);
      },
      normal: (name, shape) => random.normal(`${prefix}${name}`, shape),
      fork: (name) => at(`${prefix}${name}/`),
    });
    const block = transformerBlock({ channels: 4, heads: 2, random, dropPath: 0.5 });
    block.apply(tf.ones([2, 3, 4]), { training: true, random: at('') });
    expect(drawn).toEqual(['attention/keep', 'mlp/keep']);
  });

  it('is the identity for samples whose branches are both dropped', () => {
    const block = transformerBlock({ channels: 4, heads: 2, random, dropPath: 0.999, initialise: wide });
    const tokens = random.normal('tokens', [4, 3, 4]) as tf.Tensor3D;
    const outputs = block.apply(tokens, trainingPass({ seed: 0, step: 0 }));
    expectClose(outputs, { shape: [4, 3, 4], values: tokens.dataSync() }, 1e-6);
  });

  it('leaves nothing behind but its gradients', () => {
    const block = transformerBlock({ channels: 4, heads: 2, random, dropPath: 0.1 });
    const tokens = random.normal('tokens', [2, 3, 4]) as tf.Tensor3D;
    const before = tf.memory().numTensors;
    const { grads, value } = tf.variableGrads(() =>
      tf.tidy(() => tf.mean(block.apply(tokens, trainingPass({ seed: 0, step: 0 }))) as tf.Scalar),
    );
    expect(Object.keys(grads)).toHaveLength(12);
    tf.dispose([grads, value]);
    expect(tf.memory().numTensors).toBe(before);
  });
});
