import '@tensorflow/tfjs';
import { mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Backbone, evaluationPass, readVariables } from '../packages/layers/src/index.js';
import { absolutePositions } from '../packages/position-labels/src/index.js';
import { joint, train } from '../packages/trainer/src/index.js';
import { partialEncoding, type Vit, vit } from '../packages/vit/src/index.js';
import { backbones, heads, imageSize } from './heads-on-backbones.js';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

const small = { imageSize: 16, patchSize: 4, channels: 12, depth: 1, heads: 2 };
const backbone = () => vit(small);
/** What says that it tells a part of the positions, and leaves patches out: every head goes on it. */
const partly = (whole: Vit): Backbone => partialEncoding(whole, { keepRatio: 0.5, givenRatio: 0.5 });
const ofTokens = Object.entries(heads).filter(([name]) => name !== 'classification');

describe('a head that needs what the backbone does not have fails before training', () => {
  it('for a stage: the sentence names head, need and offer', () => {
    expect(() => absolutePositions({ spec: backbone().spec, stage: 1 })).toThrow(
      'The absolute position head needs stage 1, but the backbone hands over one stage, number 0.',
    );
  });

  it('for a class token', () => {
    const { spec } = vit({ ...small, pooling: 'none' });
    expect(() => heads.classification?.(spec)).toThrow(
      'The classification head needs a pooled vector (a class token or an average), but the backbone pools nothing.',
    );
  });

  it('for a whole grid', () => {
    const head = absolutePositions({ spec: backbone().spec });
    const greedy = { ...head, needs: { ...head.needs, everyPosition: true } };
    const spec = { ...backbone().spec, stages: [{ grid: { rows: 4, columns: 4 }, channels: 12, length: 8 }] };
    expect(() => joint({ ...backbone(), spec }, { greedy })).toThrow(
      'The head "greedy" needs a token for every one of the 16 positions of the grid, but the backbone hands over 8.',
    );
  });

  it.each(ofTokens)('for the grid that %s was made for', (_, make) => {
    const other = vit({ ...small, imageSize: { height: 16, width: 24 } });
    expect(() => joint(partly(other), { mine: make(partly(backbone()).spec) })).toThrow(
      'The head "mine" needs a grid of 4 x 4 (rows x columns), for which it was made, but the backbone\'s is 4 x 6.',
    );
  });

  it.each(ofTokens)('for the channels that %s was made for', (_, make) => {
    const other = vit({ ...small, channels: 16 });
    expect(() => joint(partly(other), { mine: make(partly(backbone()).spec) })).toThrow(
      'The head "mine" needs tokens of 12 channels, for which it was made, but the backbone\'s have 16.',
    );
  });

  it('for the pooled vector that classification was made for', () => {
    const head = heads.classification?.(backbone().spec);
    expect(() => joint(vit({ ...small, channels: 16 }), { classes: head as never })).toThrow(
      'The head "classes" needs a pooled vector of 12 channels, but the backbone\'s has 16.',
    );
  });
});

describe('images of another size than the backbone was made for fail before training', () => {
  const { height, width } = imageSize;
  const wrong = tf.zeros<tf.Rank.R4>([2, height, width + 8, 3]);

  it.each(Object.entries(backbones))('in the backbone "%s", and through joint', (_, make) => {
    const made: Backbone = make();
    const sentence = new RegExp(
      `The images are ${height} x ${width + 8} px .*, but .* was made for ${height} x ${width} px`,
    );
    expect(() => made.apply(wrong, evaluationPass())).toThrow(sentence);
    const objective = joint(made, { absolute: absolutePositions({ spec: made.spec }) });
    expect(() => objective.terms({ images: wrong }, evaluationPass())).toThrow(sentence);
  });

  it('in a training, which then has changed and written nothing', async () => {
    const objective = joint(backbone(), { absolute: absolutePositions({ spec: backbone().spec }) });
    const before = await readVariables(objective.variables);
    const folder = joinPath(await mkdtemp(joinPath(tmpdir(), 'whereabouts-bad-input-')), 'run');
    const batches = {
      length: 1,
      async *epoch() {
        yield {
          images: { shape: [2, 8, 8, 3], dtype: 'float32' as const, values: new Float32Array(2 * 8 * 8 * 3) },
        };
      },
    };
    const training = train({ objective, batches, epochs: 1, learningRate: 0.1, checkpoints: { folder } });
    await expect(training).rejects.toThrow(
      'The images are 8 x 8 px (height x width) with 3 channels, but this ViT was made for 16 x 16 px with 3',
    );
    expect(await readVariables(objective.variables)).toEqual(before);
    expect(await readdir(folder).catch(() => [])).toEqual([]);
  });
});
