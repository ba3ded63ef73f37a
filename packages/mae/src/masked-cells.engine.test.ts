import * as tf from '@tensorflow/tfjs-core';
import { checkBackbone, randomImages } from '@whereabouts/conformance';
import {
  createRandom,
  disposeVariables,
  evaluationPass,
  type Features,
  trainingPass,
} from '@whereabouts/layers';
import { type SwinOptions, swin } from '@whereabouts/swin';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { maskedCells } from './masked-cells.js';

const imageSize = { height: 8, width: 12 };
const small: SwinOptions = {
  imageSize,
  patchSize: 2,
  windowSize: 2,
  channels: 4,
  depths: [2, 1],
  heads: [2, 2],
};
const images = (batch = 3) =>
  createRandom({ seed: 5, step: 0 }).normal('images', [batch, 8, 12, 3]) as tf.Tensor4D;
const seenIn = ({ stages }: Features, stage: number) => stages[stage]?.contentGiven?.arraySync() ?? [];

describe('a Swin with masked cells', () => {
  it.each([{}, { mergeLastStage: false }, { dropPath: 0.5 }])(
    'keeps the promises of a backbone (%o)',
    async (variant) => {
      const before = tf.memory().numTensors;
      await checkBackbone(
        (seed) => maskedCells(swin({ ...small, ...variant, seed }), { cellSize: 4, seed }),
        randomImages(imageSize),
      );
      expect(tf.memory().numTensors).toBe(before);
    },
  );

  it('hides whole cells, the same ones in every stage, others for each image and step', () => {
    const view = maskedCells(swin(small), { keepRatio: 0.34, cellSize: 4 }); // 2 of 2 x 3 cells
    expect(view.spec.stages.map(({ contentGiven }) => contentGiven)).toEqual([8, 2]);
    tf.tidy(() => {
      const at = (step: number) => view.apply(images(), trainingPass({ seed: 1, step }));
      const features = at(0);
      const [fine, coarse] = [seenIn(features, 0), seenIn(features, 1)];
      for (const [image, cells] of coarse.entries())
        for (const [position, seen] of (fine[image] as number[]).entries()) {
          const cell = Math.floor(position / 12) * 3 + Math.floor((position % 6) / 2);
          expect(seen).toBe(cells[cell]);
        }
      expect(seenIn(at(0), 1)).toEqual(coarse);
      expect(seenIn(at(1), 1)).not.toEqual(coarse);
    });
    disposeVariables(view.variables);
  });

  it('does not depend on the pixels that it hides', () => {
    const view = maskedCells(swin(small), { keepRatio: 0.5, cellSize: 4 });
    tf.tidy(() => {
      const given = images(2);
      const features = view.apply(given, evaluationPass());
      const cells = tf.reshape(features.stages[1]?.contentGiven as tf.Tensor2D, [2, 2, 1, 3, 1, 1]);
      const pixels = tf.reshape(tf.mul(cells, tf.ones([1, 1, 4, 1, 4, 1])), [2, 8, 12, 1]);
      const blanked = view.apply(tf.mul(given, pixels) as tf.Tensor4D, evaluationPass());
      for (const [index, stage] of features.stages.entries()) {
        const { shape } = stage.tokens;
        const values = stage.tokens.dataSync();
        expectClose(blanked.stages[index]?.tokens as tf.Tensor, { shape, values }, 0);
      }
    });
    disposeVariables(view.variables);
  });

  it('with keepRatio 1 equals the whole Swin', () => {
    const whole = swin(small);
    const view = maskedCells(whole, { keepRatio: 1, cellSize: 4 });
    tf.tidy(() => {
      const expected = whole.apply(images(), evaluationPass()).pooled as tf.Tensor;
      const { pooled } = view.apply(images(), evaluationPass());
      expectClose(pooled as tf.Tensor, { shape: expected.shape, values: expected.dataSync() }, 0);
    });
    disposeVariables(view.variables);
  });

  it('refuses cells that do not fit, and a share that keeps none', () => {
    const whole = swin(small);
    const view = (options: object) => () => maskedCells(whole, options);
    expect(view({ cellSize: 6 })).toThrow(
      'cellSize is 6 px, but cells hide whole tokens of the last stage, which stand for 4 px each; take 4, or a multiple of it.',
    );
    expect(view({ cellSize: 8 })).toThrow("cellSize is 8 px, which doesn't divide images of 8 x 12 px");
    expect(view({ keepRatio: 0.1, cellSize: 4 })).toThrow('keepRatio 0.1 keeps none of the 6 patches');
    disposeVariables(whole.variables);
  });
});
