import * as tf from '@tensorflow/tfjs';
import {
  type Backbone,
  constantTensor,
  type FeatureSpec,
  type Features,
  type Pass,
  variable,
} from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { tinyBackbone } from '../testing/tiny-backbone.js';
import { checkBackbone } from './check-backbone.js';
import { randomImages } from './random-images.js';

/** What changes in a backbone that keeps every promise. */
type Change = (good: Backbone, seed: number) => Partial<Backbone>;

const check = (change: Change) =>
  checkBackbone(
    (seed) => {
      const good = tinyBackbone(seed);
      return Object.defineProperties(good, Object.getOwnPropertyDescriptors(change({ ...good }, seed)));
    },
    randomImages({ height: 8, width: 12 }),
  );

const withSpec =
  (spec: object): Change =>
  (good) => ({ spec: { ...good.spec, ...spec } as FeatureSpec });

const withStage =
  (change: (stage: Features['stages'][0], pass: Pass, images: tf.Tensor4D) => object): Change =>
  (good) => ({
    apply: (images, pass) => {
      const features = good.apply(images, pass);
      return {
        ...features,
        stages: features.stages.map((stage) => ({ ...stage, ...change(stage, pass, images) })),
      };
    },
  });

const withTokens = (change: (tokens: tf.Tensor3D, pass: Pass, images: tf.Tensor4D) => tf.Tensor): Change =>
  withStage(({ tokens }, pass, images) => ({ tokens: change(tokens, pass, images) }));

const extra =
  (path: string, make = (): tf.Variable => variable(tf.ones([1]))): Change =>
  (good) => ({
    variables: { ...good.variables, [path]: make() },
  });

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
      'the spec is plain data of contract 1. Expected positionEncoding to be one of absolute, partial, relative, none; found "sine".',
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
    'a grid without columns': [
      withSpec({ stages: [{ grid: { rows: 6 }, channels: 8, length: 6 }] }),
      'the spec is plain data of contract 1. Expected rows and columns in stages.0.grid; found {"rows":6}.',
    ],
    'a pooled vector of no size': [
      withSpec({ pooled: true }),
      'the spec is plain data of contract 1. Expected pooled to be a number of channels, or 0; found true.',
    ],
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
    'a narrower pooled vector': [
      (good) => ({
        apply: (images, pass) => {
          const { stages, pooled } = good.apply(images, pass);
          return { stages, pooled: tf.slice(pooled as tf.Tensor2D, [0, 0], [-1, 4]) };
        },
      }),
      'shapes and types equal the spec. Expected pooled [1,8] float32 for a batch of 1; found [1,4] float32.',
    ],
    'positionGiven as a whole number': [
      withStage(({ positions }) => ({ positionGiven: tf.onesLike(positions) })),
      'shapes and types equal the spec. Expected stages.0.positionGiven [1,6] float32 for a batch of 1; found [1,6] int32.',
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

  it('lets tables be that are declared, and tensors of equal numbers', async () => {
    await check(
      withTokens((tokens) =>
        tf.add(tf.mul(tokens, tf.ones([1, 6, 8])), constantTensor(tf.range(0, 1, 1 / 8).reshape([1, 1, 8]))),
      ),
    );
    await check(
      withTokens((tokens) => tf.add(tokens, constantTensor(tf.tensor1d([1, 2, 3, 4, 5, 6, 7, 8])))),
    );
    expect(Object.hasOwn(tf.backend(), 'constantTensor')).toBe(false);
  });

  it('lets images of another size be that are brought to the right one', async () => {
    await check((good) => ({
      apply: (images, pass) => good.apply(tf.image.resizeBilinear(images, [8, 12]), pass),
    }));
  });

  it('lets variables be that are not trainable', async () => {
    await check(extra('mean', () => tf.variable(tf.ones([1]), false)));
  });

  it('gives the engine back as it was when a promise is broken', async () => {
    const { readSync, runKernel, state } = tf.engine();
    const scope = state.activeScope;
    await check(withTokens((tokens) => tf.mul(tokens, tokens.dataSync().length))).catch(() => undefined);
    await check(withTokens((tokens) => tf.add(tokens, tf.range(0, 8).reshape([8, 1])))).catch(
      () => undefined,
    );
    expect(tf.engine().readSync).toBe(readSync);
    expect(tf.engine().runKernel).toBe(runKernel);
    expect(tf.engine().state.activeScope).toBe(scope);
  });
});
