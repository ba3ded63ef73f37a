import * as tf from '@tensorflow/tfjs-core';
import {
  disposeVariables,
  evaluationPass,
  type HostTensor,
  loadVariables,
  type Variables,
} from '@whereabouts/layers';
import { keepLowest, visibleFeatures, vit } from '@whereabouts/vit';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../testing/expect-close.js';
import { readFixture } from '../../../testing/fixture.js';
import { timmImages, timmTensors } from '../../vit/testing/timm-reference.js';
import { decoderTensors } from '../testing/mae-reference.js';
import { pixelDecoder } from './pixel-decoder.js';

const [batch, positions, keep] = [3, 16, 4];
const cases = [
  ['mae', 'plain'],
  ['mae-normalised-pixels', 'normalised'],
] as const;

describe.each(cases)('the official MAE, reference %s', (fixture, target) => {
  const reference = readFixture(fixture);

  /** Encoder and decoder with the reference's weights. */
  function loaded() {
    const encoder = vit({
      imageSize: 16,
      patchSize: 4,
      channels: 24,
      depth: 3,
      heads: 3,
      positionEncoding: 'sine-cosine',
    });
    const spec = { ...encoder.spec, stages: [{ grid: encoder.grid, channels: 24, length: keep }] };
    const decoder = pixelDecoder({ spec, patchSize: 4, target, channels: 16, depth: 2, heads: 2 });
    loadVariables(encoder.variables, timmTensors(fixture, 'weights/'), { partial: true });
    loadVariables(decoder.variables, decoderTensors(fixture, 'weights/'));
    const { values, shape } = timmImages(fixture);
    const images = tf.tensor<tf.Rank.R4>(values, shape);
    const noise = tf.tensor2d(Array.from(reference('noise').values), [batch, positions]);
    const featuresOf = () => visibleFeatures(encoder, images, keepLowest(noise, keep), evaluationPass());
    const variables: Variables = {
      ...encoder.variables,
      ...Object.fromEntries(
        Object.entries(decoder.variables).map(([path, value]) => [`decoder.${path}`, value]),
      ),
    };
    return { decoder, images, noise, featuresOf, variables };
  }

  it('paints the same pixels, and knows the same patches as missing', () => {
    const { decoder, images, noise, featuresOf, variables } = loaded();
    tf.tidy(() => {
      const features = featuresOf();
      expectClose(decoder.apply(features, evaluationPass()), reference('prediction'), 1e-5);
      const kept = features.stages[0]?.positions.arraySync() ?? [];
      const mask = reference('mask');
      for (const [image, ofImage] of kept.entries())
        for (let position = 0; position < positions; position += 1)
          expect(mask.values[image * positions + position]).toBe(ofImage.includes(position) ? 0 : 1);
    });
    disposeVariables(variables);
    tf.dispose([images, noise]);
  });

  it('has the same loss and every one of its gradients, those of the encoder too', () => {
    const { decoder, images, noise, featuresOf, variables } = loaded();
    const ofEncoder = timmTensors(fixture, 'gradients/');
    const ofDecoder = decoderTensors(fixture, 'gradients/');
    const expected: Record<string, HostTensor> = {
      ...Object.fromEntries(Object.entries(ofEncoder).filter(([path]) => path in variables)),
      ...Object.fromEntries(Object.entries(ofDecoder).map(([path, value]) => [`decoder.${path}`, value])),
    };
    tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => decoder.loss(featuresOf(), { images }, evaluationPass()).loss,
      );
      expectClose(tf.reshape(value, [1]), reference('loss'), 1e-5);
      expect(Object.keys(expected).sort()).toEqual(Object.keys(variables).sort());
      for (const [path, variable] of Object.entries(variables))
        expectClose(grads[variable.name] as tf.Tensor, expected[path] as HostTensor, 1e-4);
    });
    disposeVariables(variables);
    tf.dispose([images, noise]);
  });
});
