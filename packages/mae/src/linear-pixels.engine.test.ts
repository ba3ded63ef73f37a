import * as tf from '@tensorflow/tfjs-core';
import { checkHead, exampleSpecs, randomImages } from '@whereabouts/conformance';
import {
  disposeVariables,
  evaluationPass,
  type FeatureSpec,
  gatherVariables,
  type StageSpec,
  trainingPass,
} from '@whereabouts/layers';
import { absolutePositions, relativePositions } from '@whereabouts/position-labels';
import { swin } from '@whereabouts/swin';
import { joint } from '@whereabouts/trainer';
import { describe, expect, it } from 'vitest';
import { linearPixels } from './linear-pixels.js';
import { maskedCells } from './masked-cells.js';
import { reconstruct } from './reconstruct.js';

const small = {
  imageSize: 16,
  patchSize: 2,
  windowSize: 4,
  channels: 8,
  depths: [2, 2],
  heads: [1, 2],
};

/** Every example spec with a part of its pixels hidden. */
const hiding = exampleSpecs.map(
  (spec): FeatureSpec => ({
    ...spec,
    stages: spec.stages.map((stage) => ({ ...stage, contentGiven: Math.ceil(0.4 * stage.length) })),
  }),
);

describe('linearPixels', () => {
  for (const target of ['plain', 'normalised'] as const)
    it(`keeps the promises of a head with ${target} pixels`, async () => {
      const grids = [...new Set(hiding.map(({ stages }) => JSON.stringify(stages.at(-1)?.grid)))];
      expect(grids.length).toBeGreaterThan(2);
      for (const grid of grids) {
        const { rows, columns } = JSON.parse(grid) as StageSpec['grid'];
        const images = randomImages({ height: 2 * rows, width: 2 * columns });
        const here = hiding.filter(({ stages }) => JSON.stringify(stages.at(-1)?.grid) === grid);
        const whole = here.some(({ stages }) => stages.at(-1)?.length === rows * columns);
        if (!whole) continue; // tokens are left out, which the head refuses: see below
        await checkHead((given, seed) => linearPixels({ spec: given, patchSize: 2, target, seed }) as never, {
          specs: [...here, ...exampleSpecs],
          makeBatch: (batchSize, random) => ({ images: images(batchSize, random) }),
        });
      }
    });

  it('stands beside position labels on two stages in joint, and each of them teaches the whole encoder', () => {
    const backbone = maskedCells(swin(small), { cellSize: 4 });
    const { spec } = backbone;
    const objective = joint(backbone, {
      pixels: linearPixels({ spec, patchSize: 4 }),
      absolute: absolutePositions({ spec, stage: 0 }),
      relative: relativePositions({ spec, stage: 1 }),
    });
    tf.tidy(() => {
      const images = tf.randomNormal<tf.Rank.R4>([2, 16, 16, 3], 0, 1, 'float32', 3);
      const taught = ['maskToken', 'patchEmbedding.weight', 'stages.0.blocks.1.mlp.hidden.weight'];
      for (const name of ['pixels', 'absolute', 'relative'] as const) {
        const { grads } = tf.variableGrads(() => {
          const term = objective.terms({ images }, trainingPass({ seed: 0, step: 0 }))[name];
          return term?.loss as tf.Scalar;
        });
        for (const path of taught) {
          const gradient = grads[backbone.variables[path]?.name as string] as tf.Tensor;
          expect(tf.max(tf.abs(gradient)).dataSync()[0], `${name}, ${path}`).toBeGreaterThan(0);
        }
      }
    });
    disposeVariables(objective.variables);
  });

  it('is painted into what was hidden by reconstruct, and nowhere else', () => {
    const backbone = maskedCells(swin(small), { cellSize: 4 });
    const head = linearPixels({ spec: backbone.spec, patchSize: 4 });
    tf.tidy(() => {
      const images = tf.randomNormal<tf.Rank.R4>([2, 16, 16, 3], 5, 1, 'float32', 3);
      const features = backbone.apply(images, evaluationPass());
      const { visible, painted, completed } = reconstruct(head, features, images);
      const cells = features.stages[1]?.contentGiven?.arraySync() as number[][];
      const numbers = [images, visible, painted, completed].map((picture) => picture.arraySync());
      const [given, seen, paint, all] = numbers as [
        number[][][][],
        number[][][][],
        number[][][][],
        number[][][][],
      ];
      for (const image of [0, 1])
        for (let row = 0; row < 16; row += 1)
          for (let column = 0; column < 16; column += 1) {
            const at = (picture: number[][][][]) => picture[image]?.[row]?.[column];
            const isSeen = cells[image]?.[4 * Math.floor(row / 4) + Math.floor(column / 4)] === 1;
            expect(at(all)).toEqual(isSeen ? at(given) : at(paint));
            expect(at(seen)?.map(Math.abs)).toEqual(isSeen ? at(given)?.map(Math.abs) : [0, 0, 0]);
          }
    });
    disposeVariables(gatherVariables({ backbone, head }));
  });

  it('refuses a backbone that hides nothing, one that leaves tokens out, and sizes below 1', () => {
    const [spec] = hiding as [FeatureSpec];
    const whole = exampleSpecs[0] as FeatureSpec;
    expect(() => linearPixels({ spec: whole, patchSize: 4 })).toThrow(
      'The linear pixel head needs tokens whose pixels are hidden from the model, but the backbone sees the pixels of all 16.',
    );
    expect(() => linearPixels({ spec: hiding[2] as FeatureSpec, patchSize: 4 })).toThrow(
      'needs a token for every one of the 15 positions of the grid, but the backbone hands over 6',
    );
    expect(() => linearPixels({ spec, patchSize: 0 })).toThrow(
      'patchSize: 0; expected a whole number above 0',
    );
  });
});
