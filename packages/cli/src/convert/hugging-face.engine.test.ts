import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  classification,
  disposeVariables,
  evaluationPass,
  type HostTensor,
  loadVariables,
} from '@whereabouts/layers';
import { pixelDecoder } from '@whereabouts/mae';
import { swin } from '@whereabouts/swin';
import { keepLowest, visibleFeatures, vit } from '@whereabouts/vit';
import {
  fromMae,
  fromTimmSwin,
  fromTimmVit,
  huggingFace,
  toMae,
  toTimmSwin,
  toTimmVit,
} from '@whereabouts/weights';
import { describe, expect, it } from 'vitest';
import { expectClose } from '../../../../testing/expect-close.js';
import { fixtureNames, readFixture } from '../../../../testing/fixture.js';

const fileOf = (name: string) => new URL(`../../fixtures/hugging-face-${name}.safetensors`, import.meta.url);

/** The file as Hugging Face's transformers saves it. */
function weightsOf(name: string): Record<string, HostTensor> {
  const read = readFixture(fileOf(name));
  return Object.fromEntries(
    fixtureNames(fileOf(name), 'weights/').map((path) => {
      const { shape, values } = read(`weights/${path}`);
      return [path, { shape, dtype: 'float32', values: values as Float32Array }];
    }),
  );
}

/** `[2, 16, 16, 3]`, of what PyTorch had as `[2, 3, 16, 16]`. */
function imagesOf(name: string): tf.Tensor4D {
  const { shape, values } = readFixture(fileOf(name))('input');
  return tf.transpose(
    tf.tensor(values as Float32Array, shape as [number, number, number, number]),
    [0, 2, 3, 1],
  ) as tf.Tensor4D;
}

function expectLogits(name: string, backbone: Backbone, head: Readonly<Record<string, HostTensor>>) {
  const classifier = classification({ spec: backbone.spec, classes: 5 });
  loadVariables(classifier.variables, head);
  tf.tidy(() => {
    const features = backbone.apply(imagesOf(name), evaluationPass());
    expectClose(classifier.apply(features, evaluationPass()), readFixture(fileOf(name))('logits'), 1e-5);
  });
  disposeVariables(classifier.variables);
}

describe('weights of Hugging Face', () => {
  it('make a ViT that says what theirs says, and come back bit for bit', () => {
    const theirs = weightsOf('vit');
    const ours = fromTimmVit(huggingFace.vit.toTimm(theirs).tensors);
    const backbone = vit({ imageSize: 16, patchSize: 4, channels: 24, depth: 2, heads: 3, mlpRatio: 2 });
    loadVariables(backbone.variables, ours.backbone);
    expectLogits('vit', backbone, ours.classification);
    expect(huggingFace.vit.fromTimm(toTimmVit(ours, { patchSize: 4 }))).toEqual(theirs);
    disposeVariables(backbone.variables);
  });

  it('make a Swin that says what theirs says, and come back bit for bit', () => {
    const theirs = weightsOf('swin');
    const ours = fromTimmSwin(huggingFace.swin.toTimm(theirs).tensors);
    const backbone = swin({
      imageSize: 16,
      patchSize: 2,
      channels: 8,
      depths: [2, 2],
      heads: [2, 4],
      windowSize: 4,
      mlpRatio: 2,
    });
    loadVariables(backbone.variables, ours.backbone);
    expectLogits('swin', backbone, ours.classification);
    expect(huggingFace.swin.fromTimm(toTimmSwin(ours, { patchSize: 2 }))).toEqual(theirs);
    disposeVariables(backbone.variables);
  });

  it('make a masked autoencoder that paints what theirs paints', () => {
    const theirs = weightsOf('vit-mae');
    const ours = fromMae(huggingFace.vitMae.toTimm(theirs).tensors);
    expect(ours.computed).toEqual(['decoder_pos_embed', 'pos_embed']);
    const sizes = { imageSize: 16, patchSize: 4, channels: 24, depth: 2, heads: 3, mlpRatio: 2 };
    const encoder = vit({ ...sizes, positionEncoding: 'sine-cosine' });
    const spec = { ...encoder.spec, stages: [{ grid: encoder.grid, channels: 24, length: 4 }] };
    const decoder = pixelDecoder({ spec, patchSize: 4, channels: 16, depth: 1, heads: 2 });
    loadVariables(encoder.variables, ours.backbone);
    loadVariables(decoder.variables, ours.decoder);
    const read = readFixture(fileOf('vit-mae'));
    tf.tidy(() => {
      const images = imagesOf('vit-mae');
      const noise = tf.tensor2d(read('noise').values as Float32Array, [2, 16]);
      const features = visibleFeatures(encoder, images, keepLowest(noise, 4), evaluationPass());
      expectClose(decoder.apply(features, evaluationPass()), read('prediction'), 1e-5);
      const { loss } = decoder.loss(features, { images }, evaluationPass());
      expectClose(tf.reshape(loss, [1]), read('loss'), 1e-5);
    });
    const back = huggingFace.vitMae.toTimm(huggingFace.vitMae.fromTimm(toMae(ours, { patchSize: 4 })));
    expect(fromMae(back.tensors)).toEqual({ ...ours, computed: [] });
    disposeVariables(encoder.variables);
    disposeVariables(decoder.variables);
  });

  it('are refused by name where they belong to another model, or one of the three is missing', () => {
    const { 'vit.encoder.layer.0.attention.attention.key.bias': _, ...incomplete } = weightsOf('vit');
    expect(() => huggingFace.vit.toTimm(incomplete)).toThrow(
      "blocks.0.attn.qkv.bias needs query, key and value, but key is missing in Hugging Face's ViT",
    );
    expect(() => huggingFace.vit.toTimm(weightsOf('swin'))).toThrow("Hugging Face's ViT has no swin.");
    expect(() =>
      huggingFace.vit.fromTimm({ 'decoder_embed.bias': incomplete['classifier.bias'] as HostTensor }),
    ).toThrow("Hugging Face's ViT has no place for decoder_embed.bias");
  });
});
