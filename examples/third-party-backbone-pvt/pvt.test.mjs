import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { checkBackbone, randomImages } from '@whereabouts/conformance';
import { countParameters, evaluationPass, loadVariables } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import pvt from './pvt.mjs';

const wasm = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
setWasmPaths(`${dirname(wasm)}/`);

const reference = JSON.parse(readFileSync(new URL('fixtures/pvt-timm.json', import.meta.url), 'utf8'));
const tensorOf = ({ shape, values }) => tf.tensor(values, shape);
const small = {
  imageSize: { height: 16, width: 24 },
  patchSize: 2,
  stages: [
    { channels: 4, depth: 1, heads: 1, reduction: 4, mlpRatio: 2 },
    { channels: 8, depth: 2, heads: 2, reduction: 2, mlpRatio: 2 },
    { channels: 12, depth: 1, heads: 3, reduction: 1, mlpRatio: 2 },
  ],
};

/** The largest difference, as a share of the largest value that is expected. */
function error(actual, expected) {
  const scale = Math.max(1e-3, ...expected.values.map(Math.abs));
  return (
    Math.max(...actual.dataSync().map((value, index) => Math.abs(value - expected.values[index]))) / scale
  );
}

describe.each(['cpu', 'wasm'])('on %s', (backend) => {
  it('keeps the promises of a backbone', { timeout: 60_000 }, async () => {
    await tf.setBackend(backend);
    await checkBackbone(
      (seed) => pvt({ ...small, dropPath: 0.3, seed }),
      randomImages({ height: 16, width: 24 }),
    );
  });

  it("equals a pyramid of timm's and PyTorch's parts in every stage and every gradient", async () => {
    await tf.setBackend(backend);
    const model = pvt(small);
    const weights = Object.entries(reference.weights).map(([path, { shape, values }]) => [
      path,
      { shape, dtype: 'float32', values: Float32Array.from(values) },
    ]);
    loadVariables(model.variables, Object.fromEntries(weights));

    const images = tensorOf(reference.images);
    const { stages } = model.apply(images, evaluationPass());
    expect(stages.map(({ tokens }) => tokens.shape)).toEqual(reference.features.map(({ shape }) => shape));
    for (const [index, { tokens }] of stages.entries())
      expect(error(tokens, reference.features[index])).toBeLessThan(1e-5);

    const targets = reference.targets.map(tensorOf);
    const { value, grads } = tf.variableGrads(() =>
      tf.addN(
        model
          .apply(images, evaluationPass())
          .stages.map(({ tokens }, index) => tf.mean(tf.mul(tokens, targets[index]))),
      ),
    );
    expect(error(value, { values: [reference.loss] })).toBeLessThan(1e-5);
    for (const [path, expected] of Object.entries(reference.gradients))
      expect(error(grads[model.variables[path].name], expected), path).toBeLessThan(1e-4);
    expect(Object.keys(model.variables).sort()).toEqual(Object.keys(reference.gradients).sort());
  });
});

describe('PVT', () => {
  it('has as many parameters as one of PyTorch', () => {
    expect(countParameters(pvt({ imageSize: 224 }).variables)).toBe(reference.parameters['tiny at 224 px']);
  });

  it('says what is wrong with a size', () => {
    expect(() => pvt({ imageSize: 48 })).toThrow(
      "Stage 0 of PVT averages squares of 8 x 8 tokens, which don't divide its grid of 12 x 12 (from 48 x 48 px in patches of 4 px).",
    );
  });
});
