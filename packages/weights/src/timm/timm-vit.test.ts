import { readFileSync } from 'node:fs';
import type { HostTensor } from '@whereabouts/layers';
import { expect, test } from 'vitest';
import { fixtureNames, readFixture } from '../../../../testing/fixture.js';
import { toHostTensors } from '../safetensors/host-conversion.js';
import { parseSafetensors } from '../safetensors/parse-safetensors.js';
import { fromTimmVit } from './from-timm-vit.js';
import { timmVitNames } from './timm-vit-names.js';
import { toTimmVit } from './to-timm-vit.js';

const inTesting = (name: string) =>
  new URL(`../../../../testing/fixtures/${name}.safetensors`, import.meta.url);
const inVit = (name: string) => new URL(`../../../vit/fixtures/${name}.safetensors`, import.meta.url);

const models = [
  { name: 'vit-class-token', file: inTesting('vit-class-token'), patchSize: 4 },
  { name: 'vit-average-pool', file: inTesting('vit-average-pool'), patchSize: 4 },
  { name: 'vit-no-class-token', file: inTesting('vit-no-class-token'), patchSize: 8 },
  { name: 'deit-distilled', file: inTesting('deit-distilled'), patchSize: 4 },
  { name: 'vit-registers', file: inVit('vit-registers'), patchSize: 4 },
  { name: 'vit-layer-scale', file: inVit('vit-layer-scale'), patchSize: 4 },
] as const;

/** The weights of a reference model, read without the code under test. */
function timmWeights(file: URL): Record<string, HostTensor> {
  const tensor = readFixture(file);
  return Object.fromEntries(
    fixtureNames(file, 'weights/').map((path) => {
      const { shape, values } = tensor(`weights/${path}`);
      return [path, { shape, dtype: 'float32', values: values as Float32Array }];
    }),
  );
}

test.each(models)('$name: every weight comes back under its name, bit for bit', ({ file, patchSize }) => {
  const weights = timmWeights(file);
  const back = toTimmVit(fromTimmVit(weights), { patchSize });
  expect(Object.keys(back).sort()).toEqual(Object.keys(weights).sort());
  expect(back).toEqual(weights);
});

test.each(models)('$name: our parser reads the same weights', ({ file }) => {
  const bytes = readFileSync(file);
  const read = Object.entries(toHostTensors(parseSafetensors(bytes).tensors))
    .filter(([path]) => path.startsWith('weights/'))
    .map(([path, tensor]) => [path.slice('weights/'.length), tensor]);
  expect(Object.fromEntries(read)).toEqual(timmWeights(file));
});

test('the names of our ViT are the public checkpoint format', () => {
  const { backbone, classification } = fromTimmVit(timmWeights(inTesting('vit-average-pool')));
  const shapes = (tensors: Readonly<Record<string, HostTensor>>) =>
    Object.fromEntries(Object.entries(tensors).map(([path, { shape }]) => [path, shape.join(' x ')]));
  const block = (number: number) => ({
    [`blocks.${number}.attention.projection.bias`]: '16',
    [`blocks.${number}.attention.projection.weight`]: '16 x 16',
    [`blocks.${number}.attention.qkv.bias`]: '48',
    [`blocks.${number}.attention.qkv.weight`]: '16 x 48',
    [`blocks.${number}.mlp.hidden.bias`]: '64',
    [`blocks.${number}.mlp.hidden.weight`]: '16 x 64',
    [`blocks.${number}.mlp.output.bias`]: '16',
    [`blocks.${number}.mlp.output.weight`]: '64 x 16',
    [`blocks.${number}.norm1.bias`]: '16',
    [`blocks.${number}.norm1.weight`]: '16',
    [`blocks.${number}.norm2.bias`]: '16',
    [`blocks.${number}.norm2.weight`]: '16',
  });
  expect(shapes(backbone)).toEqual({
    ...block(0),
    ...block(1),
    classToken: '1 x 1 x 16',
    'patchEmbedding.bias': '16',
    'patchEmbedding.weight': '48 x 16',
    'poolNorm.bias': '16',
    'poolNorm.weight': '16',
    'positionEncoding.weight': '16 x 16',
  });
  expect(shapes(classification)).toEqual({ bias: '5', weight: '16 x 5' });
});

test('so are those of a distilled DeiT, of registers and of layer scales', () => {
  const shapesOf = (file: URL) => {
    const { backbone, classification } = fromTimmVit(timmWeights(file));
    return Object.fromEntries(
      Object.entries({ ...backbone, ...classification }).map(([path, { shape }]) => [path, shape]),
    );
  };
  expect(shapesOf(inTesting('deit-distilled'))).toMatchObject({
    classToken: [1, 1, 24],
    distillationToken: [1, 1, 24],
    'positionEncoding.weight': [18, 24],
    weight: [24, 6],
    bias: [6],
    'distilled.weight': [24, 6],
    'distilled.bias': [6],
  });
  expect(shapesOf(inVit('vit-registers'))).toMatchObject({
    registers: [1, 2, 12],
    'positionEncoding.weight': [16, 12],
    'blocks.0.layerScale1.weight': [12],
    'blocks.1.layerScale2.weight': [12],
  });
});

test('no two rows of the table share a name on either side', () => {
  expect(new Set(timmVitNames.map(({ timm }) => timm)).size).toBe(timmVitNames.length);
  expect(new Set(timmVitNames.map(({ part, ours }) => `${part} ${ours}`)).size).toBe(timmVitNames.length);
});

const vector: HostTensor = { shape: [1], dtype: 'float32', values: Float32Array.of(1) };

test('names that a ViT does not have are refused, all of them listed', () => {
  expect(() => fromTimmVit({ mask_token: vector, 'head.bias': vector, 'decoder.bias': vector })).toThrow(
    "A ViT of timm has no mask_token, decoder.bias. Remove what you don't need",
  );
  const strangers = [
    'blocks.00.norm1.bias',
    'blocks.{block}.norm1.bias',
    'xnorm.bias',
    'norm.biass',
    'norm_bias',
    '__proto__',
  ];
  for (const name of strangers)
    expect(() => fromTimmVit(Object.fromEntries([[name, vector]]))).toThrow(`has no ${name}.`);
  expect(() =>
    toTimmVit({ backbone: { weight: vector }, classification: { 'norm.bias': vector } }, { patchSize: 4 }),
  ).toThrow("timm's ViT has no place for backbone.weight, classification.norm.bias.");
});

test.each<[string, readonly number[], string]>([
  ['head.weight', [4], "head.weight of timm's ViT is [4], expected [outputs, inputs]."],
  [
    'patch_embed.proj.weight',
    [4, 1, 1],
    'is [4,1,1], expected [channels, inputChannels, patchSize, patchSize].',
  ],
  [
    'patch_embed.proj.weight',
    [1, 1, 1, 4],
    'is [1,1,1,4], expected [channels, inputChannels, patchSize, patchSize].',
  ],
  ['pos_embed', [2, 2, 1], 'is [2,2,1], expected [1, length, channels].'],
  ['pos_embed', [4], 'is [4], expected [1, length, channels].'],
])('from timm, %s of shape %j is refused', (name, shape, message) => {
  const tensor: HostTensor = { shape, dtype: 'float32', values: new Float32Array(4) };
  expect(() => fromTimmVit({ [name]: tensor })).toThrow(message);
});

test.each<[string, readonly number[], string]>([
  [
    'patchEmbedding.weight',
    [2, 2],
    'backbone.patchEmbedding.weight is [2,2], expected [12, channels] for patches of 2 x 2 pixels with 3 channels.',
  ],
  ['positionEncoding.weight', [1, 4, 1], 'is [1,4,1], expected [length, channels].'],
  [
    'blocks.3.mlp.hidden.weight',
    [4],
    'backbone.blocks.3.mlp.hidden.weight is [4], expected [inputs, outputs].',
  ],
])('to timm, %s of shape %j is refused', (path, shape, message) => {
  const tensor: HostTensor = { shape, dtype: 'float32', values: new Float32Array(4) };
  expect(() => toTimmVit({ backbone: { [path]: tensor } }, { patchSize: 2 })).toThrow(message);
});

test('images of other than three channels are converted when that is said', () => {
  const values = Float32Array.from({ length: 2 * 4 * 9 }, (_, index) => index);
  const weights = { 'patch_embed.proj.weight': { shape: [2, 4, 3, 3], dtype: 'float32', values } } as const;
  const ours = fromTimmVit(weights);
  expect(toTimmVit(ours, { patchSize: 3, inputChannels: 4 })).toEqual(weights);
  expect(() => toTimmVit(ours, { patchSize: 3 })).toThrow('is [36,2], expected [27, channels]');
});
