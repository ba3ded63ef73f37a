import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { describe, it } from 'node:test';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { checkBackbone, randomImages } from '@whereabouts/conformance';
import { countParameters, evaluationPass, loadVariables, positionCount } from '@whereabouts/layers';
import nest from './nest.mjs';

const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(`${dirname(wasm)}/`);

const reference = JSON.parse(readFileSync(new URL('fixtures/nest-timm.json', import.meta.url), 'utf8'));
const tensorOf = ({ shape, values }) => tf.tensor(values, shape);

/** The largest difference, as a share of the largest value that is expected. */
function error(actual, expected) {
  const scale = Math.max(1e-3, ...expected.values.map(Math.abs));
  return (
    Math.max(...actual.dataSync().map((value, index) => Math.abs(value - expected.values[index]))) / scale
  );
}

for (const backend of ['cpu', 'wasm'])
  describe(`on ${backend}`, () => {
    it('keeps the promises of a backbone', async () => {
      await tf.setBackend(backend);
      await checkBackbone(
        (seed) =>
          nest({
            imageSize: { height: 8, width: 16 },
            patchSize: 1,
            blockSize: 2,
            channels: 8,
            heads: 2,
            depths: [1, 1, 2],
            dropPath: 0.3,
            seed,
          }),
        randomImages({ height: 8, width: 16 }),
      );
    });

    it("equals timm's NesT, every token where its position says, and every gradient", async () => {
      await tf.setBackend(backend);
      const model = nest({ imageSize: 16, patchSize: 2, channels: 4, heads: 1, depths: [1, 2] });
      const { features } = reference;
      const weights = Object.entries(reference.weights).map(([path, { shape, values }]) => [
        path,
        { shape, dtype: 'float32', values: Float32Array.from(values) },
      ]);
      loadVariables(model.variables, Object.fromEntries(weights));

      // A map of timm's tokens in the order of ours: row by row, those at our positions.
      const [batch, , , channels] = features.shape;
      const inOurOrder = ({ values }, positions) => {
        const perImage = values.length / batch;
        return {
          values: positions.arraySync().flatMap((places, image) =>
            places.flatMap((place) => {
              const start = image * perImage + place * channels;
              return values.slice(start, start + channels);
            }),
          ),
        };
      };
      const images = tensorOf(reference.images);
      const [{ tokens, positions }] = model.apply(images, evaluationPass()).stages;
      assert.ok(error(tokens, inOurOrder(features, positions)) < 1e-5);

      const target = tf.tensor(inOurOrder(reference.target, positions).values, tokens.shape);
      const { value, grads } = tf.variableGrads(() =>
        tf.mean(tf.mul(model.apply(images, evaluationPass()).stages[0].tokens, target)),
      );
      assert.ok(error(value, { values: [reference.loss] }) < 1e-5);
      for (const [path, expected] of Object.entries(reference.gradients))
        assert.ok(error(grads[model.variables[path].name], expected) < 1e-4, path);
      assert.deepEqual(Object.keys(reference.gradients).sort(), Object.keys(model.variables).sort());
    });
  });

describe('NesT', () => {
  it('hands over tokens block by block, and says so', () => {
    const model = nest({ imageSize: 8, patchSize: 2, blockSize: 2, channels: 4, heads: 1, depths: [1] });
    const [{ positions }] = model.apply(tf.zeros([1, 8, 8, 3]), evaluationPass()).stages;
    assert.deepEqual(positions.arraySync()[0], [0, 1, 4, 5, 2, 3, 6, 7, 8, 9, 12, 13, 10, 11, 14, 15]);
  });

  it('shows a patch to the tokens of its block alone, where their positions say that they are', () => {
    const model = nest({ imageSize: 8, patchSize: 2, blockSize: 2, channels: 4, heads: 1, depths: [1] });
    const [{ tokens, positions, grid }] = model.apply(tf.zeros([1, 8, 8, 3]), evaluationPass()).stages;
    const places = positions.arraySync()[0];
    for (const place of Array(positionCount(grid)).keys()) {
      const [row, column] = [Math.floor(place / grid.columns), place % grid.columns];
      const image = tf.buffer([1, 8, 8, 3]);
      image.set(1, 0, 2 * row, 2 * column, 0);
      const [changed] = model.apply(image.toTensor(), evaluationPass()).stages;
      const moved = tf.any(tf.notEqual(tokens, changed.tokens), 2).arraySync()[0];
      const seenBy = places.filter((_, token) => moved[token] === 1).sort((first, second) => first - second);
      const corner = (row - (row % 2)) * grid.columns + (column - (column % 2));
      assert.deepEqual(
        seenBy,
        [0, 1, grid.columns, grid.columns + 1].map((step) => corner + step),
      );
    }
  });

  it("has as many parameters as timm's", () => {
    assert.equal(countParameters(nest({ imageSize: 224 }).variables), reference.parameters.nest_tiny);
  });

  it('says what is wrong with a size', () => {
    assert.throws(() => nest({ imageSize: 40, patchSize: 4 }), {
      message:
        'NesT with 3 levels and blocks of 2 x 2 tokens needs a grid whose sides are multiples of 8, but 40 x 40 px ' +
        '(height x width) in patches of 4 px make 10 x 10. Choose another image size, patchSize, blockSize or fewer levels.',
    });
  });
});
