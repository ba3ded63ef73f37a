import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import { exampleModel } from '../../testing/example-model.js';
import { node, placeholder, reference } from '../../testing/nodes.js';
import { openSession } from './session.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xla-'));
  vi.stubEnv('TMPDIR', folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const shapes = {
  nodes: [
    placeholder('x', 'float32', [2]),
    placeholder('shape', 'int32', [1]),
    node('reshaped', 'Reshape', ['x', 'shape'], { T: { type: 'float32' }, Tshape: { type: 'int32' } }),
    node('same', 'Identity', ['x'], { T: { type: 'float32' } }),
    node('low', 'Cast', ['x'], { SrcT: { type: 'float32' }, DstT: { type: 'bfloat16' } }),
  ],
  functions: [],
} as const;
const x = reference('x:0', 'float32', [2]);

describe.skipIf(inject('engine') !== 'tensorflow')('a session that fails', () => {
  it('leaves no folder behind, whether TensorFlow takes the graph or not', () => {
    openSession(exampleModel).dispose();
    expect(readdirSync(folder)).toEqual([]);
    const [first, ...others] = exampleModel.nodes;
    const broken = {
      ...exampleModel,
      nodes: [{ ...first, op: 'NoSuchOp' } as typeof first & object, ...others],
    };
    expect(() => openSession(broken)).toThrow(/^TensorFlow could not load the graph\. .*NoSuchOp/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says why TensorFlow did not run it, and keeps no tensors', () => {
    const session = openSession({
      ...shapes,
      signatures: {
        reshape: {
          inputs: { x, shape: reference('shape:0', 'int32', [1]) },
          outputs: { y: reference('reshaped:0', 'float32', [3]) },
        },
        lower: {
          inputs: { x },
          outputs: { same: reference('same:0', 'float32', [2]), low: reference('low:0', 'float32', [2]) },
        },
      },
    });
    const given = tf.tensor1d([1, 2]);
    const shape = tf.tensor1d([3], 'int32');
    const before = tf.memory().numTensors;
    expect(() => session.run('reshape', { x: given, shape })).toThrow(
      /^TensorFlow could not run "reshape"\. .*3/s,
    );
    expect(() => session.run('lower', { x: given })).toThrow(/^TensorFlow could not run "lower"\. .*dtype/s);
    expect(tf.memory().numTensors).toBe(before);
    expect(Array.from(given.dataSync())).toEqual([1, 2]);
    session.dispose();
  });
});
