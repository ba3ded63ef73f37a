import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, evaluationPass, loadVariables, type TokenMap } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { timmImages, timmTensors } from '../testing/timm-reference.js';
import { keepLowest } from './keep-lowest.js';
import { masked } from './masked.js';
import { visibleFeatures } from './visible-features.js';
import { vit } from './vit.js';

const [batch, positions, keep, channels] = [3, 16, 4, 24];

describe.each(['mae', 'mae-normalised-pixels'])(
  'the encoder of the official MAE, reference %s',
  (fixture) => {
    const reference = readFixture(fixture);
    const noise = () => tf.tensor(reference('noise').values, [batch, positions]) as tf.Tensor2D;

    /** The encoder with the reference's weights; what belongs to the decoder stays outside. */
    function loaded() {
      const encoder = vit({
        imageSize: 16,
        patchSize: 4,
        channels,
        depth: 3,
        heads: 3,
        positionEncoding: 'sine-cosine',
      });
      const { missing, unexpected, mismatched } = loadVariables(
        encoder.variables,
        timmTensors(fixture, 'weights/'),
        { partial: true },
      );
      expect([missing, mismatched]).toEqual([[], []]);
      const others = unexpected.filter((path) => !path.startsWith('decoder') && path !== 'mask_token');
      expect(others).toEqual(['positionEncoding.weight']); // a table there, computed here
      return encoder;
    }

    it('adds the same table, with zeros for the class token', () => {
      const encoder = loaded();
      tf.tidy(() =>
        expectClose(encoder.positionEncoding.rows() as tf.Tensor, reference('weights/pos_embed'), 1e-6),
      );
      disposeVariables(encoder.variables);
    });

    it('keeps the same patches of the same noise', () => {
      // `ids_restore` holds, for each position, its place in the order of the noise; the first ones are kept.
      const places = Array.from(reference('ids_restore').values);
      const expected = Array.from({ length: batch }, (_, image) => {
        const ofImage = places.slice(image * positions, (image + 1) * positions);
        return Array.from({ length: keep }, (__, place) => ofImage.indexOf(place));
      });
      const encoder = loaded();
      expect(masked(encoder, { keepRatio: 0.25 }).spec.stages[0]?.length).toBe(keep);
      const kept = tf.tidy(() => keepLowest(noise(), keep).arraySync());
      expect(kept).toEqual(expected);
      disposeVariables(encoder.variables);
    });

    it('makes the same latent of them: the class token, then the tokens in the order of the noise', () => {
      const encoder = loaded();
      const { values, shape } = timmImages(fixture);
      tf.tidy(() => {
        const images = tf.tensor<tf.Rank.R4>(values, shape);
        const kept = keepLowest(noise(), keep);
        const { stages, pooled } = visibleFeatures(encoder, images, kept, evaluationPass());
        const { tokens, positions: handedOn } = stages[0] as TokenMap;
        const latent = tf.concat([tf.expandDims(pooled as tf.Tensor2D, 1), tokens], 1);
        expectClose(latent, reference('latent'), 1e-5);
        expect(handedOn.arraySync()).toEqual(kept.arraySync());
      });
      disposeVariables(encoder.variables);
    });
  },
);
