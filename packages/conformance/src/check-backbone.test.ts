import * as tf from '@tensorflow/tfjs';
import { type FeatureSpec, variable } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { type Change, complaintOf, extra, withStage, withTokens } from '../testing/changed-backbone.js';

describe('a backbone that breaks one promise', () => {
  const cases: Record<string, [Change, string]> = {
    'a spec that depends on the seed': [
      (good, seed) => ({
        spec: { ...good.spec, positionEncoding: seed === 2 ? 'absolute' : 'none' },
      }),
      'the spec stays the same, whatever the seed. Expected {"contract":1,',
    ],
    'a spec that a pass changes': [
      (good) => {
        let encoding: FeatureSpec['positionEncoding'] = 'none';
        return {
          get spec() {
            return { ...good.spec, positionEncoding: encoding };
          },
          apply: (images, pass) => {
            encoding = 'relative';
            return good.apply(images, pass);
          },
        };
      },
      'the spec stays the same, whatever the seed. Expected {"contract":1,',
    ],
    'an input that is disposed': [
      (good) => ({
        apply: (images, pass) => {
          const features = good.apply(images, pass);
          images.dispose();
          return features;
        },
      }),
      'a pass disposes nothing that it was given. Expected the input to live on, since the caller may need it; found the input disposed.',
    ],
    'images of another size that it takes all the same': [
      (good) => ({
        apply: (images, pass) => {
          const features = good.apply(tf.image.resizeBilinear(images, [8, 12]), pass);
          const { stages } = features;
          return images.shape[1] === 8 ? features : { ...features, stages: [...stages, ...stages] };
        },
      }),
      'images of another size are refused in a sentence. Expected an error that names the size 4 x 12 that was given, or features of the spec; found no error, and features that differ. Expected 1 stages; found 2.',
    ],
    "images of another size that it refuses in the engine's words": [
      (good) => ({
        apply: (images, pass) =>
          good.apply(tf.reshape(images, [images.shape[0], 8, 12, 3]) as tf.Tensor4D, pass),
      }),
      'images of another size are refused in a sentence. Expected an error that names the size 4 x 12 that was given, or features of the spec; found Error "Size(432) must match the product of shape 3,8,12,3".',
    ],
    'weight decay of no variable': [
      () => ({ undecayed: ['positionEncoding.weight'] }),
      'undecayed names variables. Expected one of embedding.weight, ',
    ],
    'a layer of no variable': [
      () => ({ layerGroups: [['embed']] }),
      'layerGroups names variables, none in two groups. Expected names that lead one of embedding.weight, ',
    ],
    'a variable in two layers': [
      () => ({ layerGroups: [['embedding'], ['block', 'embedding.bias']] }),
      'layerGroups names variables, none in two groups. Expected each variable in one group at most; found "embedding.bias" in 0 and 1.',
    ],
    'images that influence each other': [
      withTokens((tokens) => tf.sub(tokens, tf.mean(tokens, 0, true))),
      'images of a batch do not influence each other in evaluation. Expected the same features of an image alone and beside two others; found stages.0.tokens to differ by ',
    ],
    'an empty path': [
      extra(''),
      'variables are a record of tf.Variables, each under one path. Expected paths such as "blocks.0.norm1.weight"; found "".',
    ],
    'a path with an empty part': [extra('norm..weight'), 'found "norm..weight".'],
    'a tensor among the variables': [
      extra('scale', () => tf.ones([1]) as tf.Variable),
      'variables are a record of tf.Variables, each under one path. Expected a living tf.Variable at "scale"; found something else.',
    ],
    'a variable under two paths': [
      (good) => ({ variables: { ...good.variables, tied: good.variables['norm.bias'] as tf.Variable } }),
      'variables are a record of tf.Variables, each under one path. Expected each variable once; found the same one at "norm.bias" and at "tied".',
    ],
    'variables that are made anew': [
      (good) => ({
        get variables() {
          return { ...good.variables, late: variable(tf.ones([1])) };
        },
      }),
      'variables stay the same objects. Expected the record of before a pass after it, too; found another variable at "late".',
    ],
    'variables that a pass disposes': [
      (good) => {
        const spare = variable(tf.ones([1]));
        return {
          variables: { ...good.variables, spare },
          ...withTokens((tokens) => {
            spare.dispose();
            return tokens;
          })(good, 0),
        };
      },
      'variables stay the same objects. Expected the record of before a pass after it, too; found the variable at "spare" disposed.',
    ],
    'a tensor that is kept': [
      withTokens((tokens) => tf.mul(tokens, tf.keep(tf.scalar(1)))),
      'a pass under tf.tidy leaves the number of tensors as it was.',
    ],
    'a constant that is used up': [
      (good) => {
        const constants = Array.from({ length: 8 }, () => tf.scalar(1));
        return withTokens((tokens) => {
          constants.pop()?.dispose();
          return tokens;
        })(good, 0);
      },
      'a pass under tf.tidy leaves the number of tensors as it was.',
    ],
    'a value that is read': [
      withTokens((tokens) => tf.mul(tokens, tokens.dataSync().length > 0 ? 1 : 2)),
      'a pass reads nothing back from the engine. Expected no data, dataSync, array or print of a tensor in it; found a tensor read at ',
    ],
    'a value that is read later': [
      withTokens((tokens) => {
        void tokens.data();
        return tokens;
      }),
      'a pass reads nothing back from the engine.',
    ],
    'a draw in evaluation': [
      withTokens((tokens, pass) => tf.add(tokens, tf.mul(pass.random.normal('noise', tokens.shape), 0))),
      'evaluation draws nothing from pass.random. Expected no draw where pass.training is false; found noise (normal).',
    ],
    'chance of its own in evaluation': [
      withTokens((tokens, pass) => (pass.training ? tokens : tf.add(tokens, tf.randomNormal([1])))),
      'evaluation depends on input and variables alone. Expected the same output twice; found stages.0.tokens to differ by ',
    ],
    'one name drawn twice': [
      withTokens((tokens, pass) => {
        if (!pass.training) return tokens;
        const keep = () => pass.random.fork('drop').uniform('keep', tokens.shape);
        return tf.mul(tokens, tf.mul(keep(), keep()));
      }),
      'a training pass draws each name once. Expected a fork of its own for each part (`within(pass, name)`); found drop/keep (uniform) drawn more than once, with equal numbers.',
    ],
    'chance of its own in training': [
      withTokens((tokens, pass) => (pass.training ? tf.dropout(tokens, 0.5) : tokens)),
      'randomness in training comes from pass.random alone. Expected the same output twice for one seed and step; found stages.0.tokens to differ by ',
    ],
    'a table that is made in a pass': [
      withTokens((tokens) => tf.add(tokens, tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 8]))),
      'a pass computes with its input, its variables and pass.random alone. Expected a table that never changes to go through constantTensor(…) of @whereabouts/layers, since a compiler would freeze it; found a tensor [8] float32 from elsewhere, at ',
    ],
    'a table that is made in the factory': [
      (good) => {
        const table = tf.tensor2d([[0, 1, 2, 3, 4, 5]], [1, 6], 'int32');
        return withStage(({ positions }) => ({
          positions: tf.tile(table, [positions.shape[0], 1]),
        }))(good, 0);
      },
      'a pass computes with its input, its variables and pass.random alone.',
    ],
    'a table that is handed over': [
      withStage(({ positions }) => ({
        positions: tf.tensor2d(
          Array.from({ length: positions.shape[0] }, () => [0, 1, 2, 3, 4, 5]),
          undefined,
          'int32',
        ),
      })),
      'a pass computes with its input, its variables and pass.random alone.',
    ],
    'values that are not finite': [
      withTokens((tokens) => tf.div(tokens, 0)),
      'all values are finite. Expected finite numbers in stages.0.tokens at the start; found ',
    ],
    'a start of its own': [
      (good) => {
        good.variables['embedding.weight']?.assign(tf.randomNormal([48, 8]));
        return {};
      },
      'the same seed gives the same output. Expected equal outputs of two made from one seed; found stages.0.tokens to differ by ',
    ],
    'state outside its variables': [
      (_good, seed) => withTokens((tokens) => tf.mul(tokens, 1 + seed))(_good, seed),
      'saved variables, loaded into a fresh instance, give the same output. Expected equal outputs; found stages.0.tokens to differ by ',
    ],
    'paths that depend on the seed': [
      (good, seed) => ({
        variables: Object.fromEntries(
          Object.entries(good.variables).map(([path, value]) => [`${path}${seed}`, value]),
        ),
      }),
      'saved variables, loaded into a fresh instance, give the same output. Expected the same paths and shapes in every instance; found Error: ',
    ],
    'a variable that does nothing': [
      extra('unused'),
      'every trainable variable gets a gradient. Expected one that is not zero in at least one of 8 training steps; found none for unused.',
    ],
    'a variable that multiplies zero': [
      (good) => {
        const scale = variable(tf.ones([1]));
        return {
          variables: { ...good.variables, scale },
          ...withTokens((tokens) => tf.add(tokens, tf.mul(scale, 0)))(good, 0),
        };
      },
      'every trainable variable gets a gradient. Expected one that is not zero in at least one of 8 training steps; found none for scale.',
    ],
    'a variable that it does not list': [
      (good) => {
        const { 'norm.bias': _left, ...variables } = good.variables;
        return { variables };
      },
      'only what `variables` lists is trained. Expected gradients for its variables alone; found one for another variable of shape [8].',
    ],
    'a gradient that is not finite': [
      withTokens((tokens) => tf.add(tokens, tf.sqrt(tf.mul(tokens, 0)))),
      'gradients are finite. Expected finite numbers in the gradient of ',
    ],
    'an operation without a gradient': [
      withTokens((tokens) => tf.add(tokens, tf.topk(tokens, 1).values)),
      'a training pass can be differentiated. Expected gradients from tf.variableGrads',
    ],
  };

  it.each(Object.entries(cases))('%s', async (_name, [change, sentence]) => {
    const complaint = await complaintOf(change);
    expect(complaint).toContain(sentence);
    if (!sentence.startsWith('found')) expect(complaint.startsWith(`Broken promise: ${sentence}`)).toBe(true);
  });
});
