// A ViT as a user of TensorFlow.js writes it: ordinary operations alone, nothing of ours, no gradient by hand.
import * as tf from '@tensorflow/tfjs-core';
import type { Setting } from '../../setting.js';

/** A ViT with its classifier: `variables` by name, and images `[batch, height, width, 3]` to logits `[batch, classes]`. */
export function visionTransformer(model: Setting['model']) {
  const { imageSize, patchSize, channels, depth, heads, classes } = model;
  const side = imageSize / patchSize;
  const length = side * side;
  const width = channels / heads;
  const variables: Record<string, tf.Variable> = {};

  const addLinear = (name: string, inputs: number, outputs: number) => {
    variables[`${name}.weight`] = tf.variable(tf.randomNormal([inputs, outputs], 0, 0.02));
    variables[`${name}.bias`] = tf.variable(tf.zeros([outputs]));
  };
  const addNorm = (name: string) => {
    variables[`${name}.weight`] = tf.variable(tf.ones([channels]));
    variables[`${name}.bias`] = tf.variable(tf.zeros([channels]));
  };
  addLinear('backbone.patchEmbedding', patchSize * patchSize * 3, channels);
  variables['backbone.classToken'] = tf.variable(tf.randomNormal([1, 1, channels], 0, 0.02));
  variables['backbone.positionEncoding.weight'] = tf.variable(
    tf.randomNormal([1 + length, channels], 0, 0.02),
  );
  const blocks = Array.from({ length: depth }, (_, index) => `backbone.blocks.${index}`);
  for (const block of blocks) {
    addNorm(`${block}.norm1`);
    addLinear(`${block}.attention.qkv`, channels, 3 * channels);
    addLinear(`${block}.attention.projection`, channels, channels);
    addNorm(`${block}.norm2`);
    addLinear(`${block}.mlp.hidden`, channels, 4 * channels);
    addLinear(`${block}.mlp.output`, 4 * channels, channels);
  }
  addNorm('backbone.norm');
  addLinear('heads.classes', channels, classes);
  const get = (name: string) => variables[name] as tf.Variable;

  const linear = (x: tf.Tensor, name: string): tf.Tensor => {
    const weight = get(`${name}.weight`) as tf.Tensor2D;
    const rows = tf.reshape(x, [-1, weight.shape[0]]);
    const product = tf.add(tf.matMul(rows, weight), get(`${name}.bias`));
    return tf.reshape(product, [...x.shape.slice(0, -1), weight.shape[1]]);
  };
  const norm = (x: tf.Tensor, name: string): tf.Tensor => {
    const { mean, variance } = tf.moments(x, -1, true);
    const standard = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 1e-6)));
    return tf.add(tf.mul(standard, get(`${name}.weight`)), get(`${name}.bias`));
  };
  const gelu = (x: tf.Tensor): tf.Tensor => tf.mul(tf.mul(x, 0.5), tf.add(tf.erf(tf.div(x, Math.SQRT2)), 1));
  const attention = (x: tf.Tensor, name: string): tf.Tensor => {
    const [batch = 0, tokens = 0] = x.shape;
    const [queries, keys, values] = tf
      .split(linear(x, `${name}.qkv`), 3, -1)
      .map((part) => tf.transpose(tf.reshape(part, [batch, tokens, heads, width]), [0, 2, 1, 3])) as [
      tf.Tensor,
      tf.Tensor,
      tf.Tensor,
    ];
    const scores = tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(width));
    const mixed = tf.transpose(tf.matMul(tf.softmax(scores), values), [0, 2, 1, 3]);
    return linear(tf.reshape(mixed, [batch, tokens, channels]), `${name}.projection`);
  };
  const mlp = (x: tf.Tensor, name: string): tf.Tensor =>
    linear(gelu(linear(x, `${name}.hidden`)), `${name}.output`);

  const logits = (images: tf.Tensor4D): tf.Tensor2D => {
    const batch = images.shape[0];
    // A convolution with the patch's size as its stride, as a product: on wasm conv2d has no gradient.
    const strips = tf.reshape(images, [batch * side, patchSize, side, patchSize * 3]);
    const patches = tf.reshape(tf.transpose(strips, [0, 2, 1, 3]), [
      batch,
      length,
      patchSize * patchSize * 3,
    ]);
    const classTokens = tf.tile(get('backbone.classToken'), [batch, 1, 1]);
    const tokens = tf.concat([classTokens, linear(patches, 'backbone.patchEmbedding')], 1);
    let x: tf.Tensor = tf.add(tokens, get('backbone.positionEncoding.weight')); // [batch, 1 + length, channels]
    for (const block of blocks) {
      x = tf.add(x, attention(norm(x, `${block}.norm1`), `${block}.attention`));
      x = tf.add(x, mlp(norm(x, `${block}.norm2`), `${block}.mlp`));
    }
    const first = tf.slice(norm(x, 'backbone.norm'), [0, 0, 0], [batch, 1, channels]);
    return linear(tf.squeeze(first, [1]), 'heads.classes') as tf.Tensor2D;
  };
  return { variables, logits };
}
