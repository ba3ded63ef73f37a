import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  createRandom,
  disposeVariables,
  linear,
  readVariables,
  type TokenMap,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { maskedKeys, vit, withoutEncoding } from '../../../vit/src/index.js';
import { auditPositions } from './audit-positions.js';

const size = { imageSize: 16, patchSize: 4, channels: 32, depth: 1, heads: 2 };
const options = { imageSize: { height: 16, width: 16 }, images: 32, steps: 60 };

/** Averages each patch with those around it, where what lies outside the image counts as zero: no encoding at all. */
function padded(): Backbone {
  const layer = linear({ inputs: 3, outputs: 8, random: createRandom({ seed: 0, step: 0 }) });
  const grid = { rows: 5, columns: 5 };
  return {
    spec: {
      contract: 1,
      stages: [{ grid, channels: 8, length: 25 }],
      pooled: 0,
      positionEncoding: 'none',
    },
    variables: layer.variables,
    apply: (images) => {
      const batch = images.shape[0];
      const cells = tf.avgPool(images, 4, 4, 'valid'); // [batch, 5, 5, 3]
      const around = tf.avgPool(
        tf.pad(cells, [
          [0, 0],
          [1, 1],
          [1, 1],
          [0, 0],
        ]),
        3,
        1,
        'valid',
      );
      const positions = tf.tile(tf.reshape(tf.range(0, 25, 1, 'int32'), [1, 25]), [batch, 1]);
      const stage: TokenMap = {
        tokens: layer.apply(tf.reshape(around, [batch, 25, 3])) as tf.Tensor3D,
        positions: positions as tf.Tensor2D,
        grid,
      };
      return { stages: [stage] };
    },
  };
}

describe('an audit', () => {
  it('finds the learned encoding of a ViT, by setting it to zero', async () => {
    const before = tf.memory().numTensors;
    const backbone = vit(size);
    const weights = await readVariables(backbone.variables);
    const audit = await auditPositions({ backbone, ...options });
    expect(audit).toMatchObject({
      grid: { rows: 4, columns: 4 },
      chance: 1 / 16,
      positionEncoding: 'absolute',
    });
    expect(audit.asItIs.constant.aboveChance).toBe(true);
    expect(audit.asItIs.constant.accuracy).toBeGreaterThan(0.99);
    expect(Object.keys(audit.without)).toEqual(['positionEncoding']);
    expect(audit.without.positionEncoding?.constant).toMatchObject({ accuracy: 1 / 16, aboveChance: false });
    expect(audit.constantImage.alike).toBe(1);
    expect(audit.findings[0]).toEqual(
      expect.stringMatching(
        /^positionEncoding gives position away: without it, accuracy on constant images falls from [\d.]+ % to 6.3 %, which is chance \(6.3 %\)\.$/,
      ),
    );
    expect(audit.findings.join()).not.toContain('Not all is explained');
    expect(await readVariables(backbone.variables)).toEqual(weights); // put back
    disposeVariables(backbone.variables);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('finds the fixed table of a ViT where it is shown one without', async () => {
    const backbone = vit({ ...size, positionEncoding: 'sine-cosine' });
    const without = { 'the encoding': withoutEncoding(backbone) };
    const audit = await auditPositions({ backbone, without, ...options });
    expect(audit.asItIs.constant.accuracy).toBe(1);
    expect(audit.asItIs.noise.accuracy).toBeGreaterThan(0.3);
    expect(audit.without['the encoding']?.noise.aboveChance).toBe(false);
    expect(audit.findings.filter((sentence) => sentence.startsWith('the encoding gives'))).toHaveLength(2);
    const unshown = await auditPositions({ backbone, ...options, images: 8 });
    expect(unshown.findings.at(-1)).toMatch(
      /^Not all is explained: .* It says that it adds an encoding to every token; a fixed table has no variables/,
    );
    disposeVariables(backbone.variables);
  });

  it.each([
    ['a ViT without an encoding', () => vit({ ...size, positionEncoding: 'none' })],
    [
      'a view with masked keys',
      () => maskedKeys(vit({ ...size, positionEncoding: 'none' }), { keepRatio: 0.5 }),
    ],
  ])('finds nothing in %s', async (_, make) => {
    const backbone = make();
    const audit = await auditPositions({ backbone, ...options });
    expect(audit.asItIs.constant).toMatchObject({ accuracy: 1 / 16, aboveChance: false });
    expect(audit.asItIs.noise.aboveChance).toBe(false);
    expect(audit.constantImage).toEqual({ tokens: 16, alike: 16, depth: 0 });
    expect(audit.findings).toHaveLength(1);
    expect(audit.findings[0]).toMatch(
      /^Nothing gives position away that a linear probe of channels and their squares could read: 6.3 % /,
    );
    disposeVariables(backbone.variables);
  });

  it('finds that zero padding leaves the border apart', async () => {
    const backbone = padded();
    const audit = await auditPositions({
      backbone,
      imageSize: { height: 20, width: 20 },
      images: 24,
    });
    // What the border makes smaller is as often negative as positive, so squares tell it and channels don't.
    expect(audit.asItIs.constant.aboveChance).toBe(true);
    expect(audit.constantImage).toEqual({ tokens: 25, alike: 9, depth: 1 });
    expect(audit.findings).toEqual([
      'On a constant image 9 of 25 tokens are alike, and those that are not lie within 1 cell of the border: as zero padding makes them, or windows that are filled up.',
      expect.stringMatching(/^Not all is explained: .* It says that it tells no positions; zero padding/),
    ]);
    disposeVariables(backbone.variables);
  });

  it('says which stage is missing', async () => {
    const backbone = padded();
    await expect(
      auditPositions({ backbone, imageSize: { height: 20, width: 20 }, stage: 1 }),
    ).rejects.toThrow('The audit needs stage 1, but the backbone hands over one stage, number 0.');
    disposeVariables(backbone.variables);
  });
});
