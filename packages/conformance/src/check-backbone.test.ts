import * as tf from '@tensorflow/tfjs';
import { type Backbone, variable } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { type Change, check, extra, withSpec, withStage, withTokens } from '../testing/changed-backbone.js';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { checkBackbone } from './check-backbone.js';

describe('a backbone that breaks one promise', () => {
  const cases: Record<string, [Change, string]> = {
    'another contract': [
      withSpec({ contract: 2 }),
      'the spec is plain data of contract 1. Expected contract: 1; found 2.',
    ],
    'a spec with more than data': [
      withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: () => 8, length: 6 }] }),
      'the spec is plain data of contract 1. Expected a number of channels in stages.0; found () => 8.',
    ],
    'an unknown position encoding': [
      withSpec({ positionEncoding: 'sine' }),
      'the spec is plain data of contract 1. Expected positionEncoding to be one of absolute, partial, relative, conditional, none; found "sine".',
    ],
    'more tokens than positions': [
      withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: 8, length: 7 }] }),
      'the spec is plain data of contract 1. Expected stages.0.length to be from 1 to 6, the positions of its grid; found 7.',
    ],
    'the coarsest grid first': [
      withSpec({
        stages: [
          { grid: { rows: 1, columns: 1 }, channels: 8, length: 1 },
          { grid: { rows: 2, columns: 3 }, channels: 8, length: 6 },
        ],
      }),
      'the spec is plain data of contract 1. Expected stages with the finest grid first; found [{"rows":1,"columns":1},{"rows":2,"columns":3}].',
    ],
    'no stage': [
      withSpec({ stages: [] }),
      'the spec is plain data of contract 1. Expected at least one stage; found [].',
    ],
    'other channels': [
      withSpec({ stages: [{ grid: { rows: 2, columns: 3 }, channels: 4, length: 6 }] }),
      'shapes and types equal the spec. Expected stages.0.tokens [1,6,4] float32 for a batch of 1; found [1,6,8] float32.',
    ],
    'a batch that is always 1': [
      withTokens((tokens) => tf.slice(tokens, 0, 1)),
      'shapes and types equal the spec. Expected stages.0.tokens [2,6,8] float32 for a batch of 2; found [1,6,8] float32.',
    ],
    'another grid': [
      withStage(() => ({ grid: { rows: 3, columns: 2 } })),
      'shapes and types equal the spec. Expected stages.0.grid {"rows":2,"columns":3}; found {"rows":3,"columns":2}.',
    ],
    'another number of stages': [
      (good) => ({ apply: (images, pass) => ({ ...good.apply(images, pass), stages: [] }) }),
      'shapes and types equal the spec. Expected 1 stages; found 0.',
    ],
    'no pooled vector': [
      (good) => ({ apply: (images, pass) => ({ stages: good.apply(images, pass).stages }) }),
      'shapes and types equal the spec. Expected pooled [1,8] float32 for a batch of 1; found nothing.',
    ],
    'an unannounced pooled vector': [
      withSpec({ pooled: 0 }),
      'shapes and types equal the spec. Expected no pooled vector, since spec.pooled is 0; found pooled [1,8].',
    ],
    'a distilled vector that is not there': [
      withSpec({ distilled: 8 }),
      'shapes and types equal the spec. Expected distilled [1,8] float32 for a batch of 1; found nothing.',
    ],
    'an unannounced distilled vector': [
      (good) => ({ apply: (...given) => ({ ...good.apply(...given), distilled: tf.zeros([1, 8]) }) }),
      'shapes and types equal the spec. Expected no distilled vector, since spec.distilled is absent; found distilled [1,8].',
    ],
    'half a channel of a distilled vector': [
      withSpec({ distilled: 0.5 }),
      'the spec is plain data of contract 1. Expected distilled to be a number of channels, 0, or absent; found 0.5.',
    ],
    'positions that are not whole numbers': [
      withStage(({ positions }) => ({ positions: tf.cast(positions, 'float32') })),
      'shapes and types equal the spec. Expected stages.0.positions [1,6] int32 for a batch of 1; found [1,6] float32.',
    ],
    'a position outside the grid': [
      withStage(({ positions }) => ({ positions: tf.add(positions, tf.scalar(1, 'int32')) })),
      'positions are raster indices of the grid, none twice in an image. Expected 0 to 5 in image 0 of stages.0.positions; found 6.',
    ],
    'a position twice in an image': [
      withStage(({ positions }) => ({ positions: tf.minimum(positions, tf.scalar(4, 'int32')) })),
      'positions are raster indices of the grid, none twice in an image. Expected each at most once in image 0 of stages.0.positions; found 4 twice.',
    ],
    'a partial encoding that says nothing': [
      withSpec({ positionEncoding: 'partial' }),
      "a partial encoding says which tokens were told their position. Expected stages.0.positionGiven, since the spec says positionEncoding: 'partial'; found none.",
    ],
    'a position that was half given': [
      withStage(({ positions }) => ({ positionGiven: tf.fill(positions.shape, 0.5) })),
      'positionGiven is 1 or 0. Expected 1 (told) or 0 (not told) in stages.0; found 0.5.',
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
    'a tensor that is kept': [
      withTokens((tokens) => tf.mul(tokens, tf.keep(tf.scalar(1)))),
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
    const error = await check(change).then(
      () => new Error('no promise was broken'),
      (thrown: Error) => thrown,
    );
    expect(error.message).toContain(sentence);
    if (!sentence.startsWith('found'))
      expect(error.message.startsWith(`Broken promise: ${sentence}`)).toBe(true);
  });
});

describe('checkBackbone', () => {
  it('takes images of any kind of input', async () => {
    const good = tinyBackbone(0);
    await checkBackbone(
      (seed): Backbone<{ readonly images: tf.Tensor4D }> => {
        const { spec, variables, apply } = tinyBackbone(seed);
        return { spec, variables, apply: ({ images }, pass) => apply(images, pass) };
      },
      (batchSize, random) => ({ images: random.normal('images', [batchSize, 8, 12, 3]) as tf.Tensor4D }),
    );
    expect(good.spec.contract).toBe(1);
  });

  it('says when the input does not come from the random that it hands out', async () => {
    const makeInput = (batchSize: number) => tf.randomNormal([batchSize, 8, 12, 3]) as tf.Tensor4D;
    await expect(checkBackbone(tinyBackbone, makeInput)).rejects.toThrow(
      'makeInput must draw its values from the random that it is given, so that a batch of 3 begins with the image of a batch of 1; found',
    );
  });

  it('lets variables be that are not trainable', async () => {
    await check(extra('mean', () => tf.variable(tf.ones([1]), false)));
  });

  it('gives the engine back as it was when a promise is broken', async () => {
    const { readSync, state } = tf.engine();
    const scope = state.activeScope;
    await check(withTokens((tokens) => tf.mul(tokens, tokens.dataSync().length))).catch(() => undefined);
    expect(tf.engine().readSync).toBe(readSync);
    expect(tf.engine().state.activeScope).toBe(scope);
  });
});
