import type { HostTensor } from '@whereabouts/layers';
import { expect, test } from 'vitest';
import { fixtureNames, readFixture } from '../../../../testing/fixture.js';
import { fromTimmVit } from './from-timm-vit.js';

// A ViT in plain loops, written against our names and layouts alone: were a weight transposed, or rows of the patch
// embedding or thirds of qkv in another order, the logits would not be timm's.
type Row = number[];

const zip = (one: Row, other: Row, combine: (left: number, right: number) => number) =>
  one.map((value, index) => combine(value, other[index] ?? Number.NaN));
const add = (one: Row, other: Row) => zip(one, other, (left, right) => left + right);
const dot = (one: Row, other: Row) =>
  zip(one, other, (left, right) => left * right).reduce((a, b) => a + b, 0);
const mean = (row: Row) => row.reduce((a, b) => a + b, 0) / row.length;

function modelOf(tensors: Readonly<Record<string, HostTensor>>) {
  const rows = (path: string): Row[] => {
    const { shape, values } = tensors[path] as HostTensor;
    const width = shape.at(-1) ?? 0;
    return Array.from({ length: values.length / width }, (_, at) => [
      ...values.subarray(at * width, (at + 1) * width),
    ]);
  };
  const linear = (path: string, input: Row): Row => {
    const weight = rows(`${path}weight`);
    return (rows(`${path}bias`)[0] ?? []).map((bias, output) =>
      input.reduce((sum, value, at) => sum + value * (weight[at]?.[output] ?? Number.NaN), bias),
    );
  };
  const norm = (path: string, input: Row): Row => {
    if (tensors[`${path}weight`] === undefined) return input;
    const centred = input.map((value) => value - mean(input));
    const scale = 1 / Math.sqrt(mean(centred.map((value) => value * value)) + 1e-6);
    const scaled = zip(centred, rows(`${path}weight`)[0] ?? [], (value, weight) => value * scale * weight);
    return add(scaled, rows(`${path}bias`)[0] ?? []);
  };
  const scale = (path: string, input: Row): Row =>
    tensors[`${path}weight`] === undefined
      ? input
      : zip(input, rows(`${path}weight`)[0] ?? [], (value, factor) => value * factor);
  return { rows, linear, norm, scale, has: (path: string) => tensors[path] !== undefined };
}

type Model = ReturnType<typeof modelOf>;

function attention({ linear }: Model, path: string, tokens: Row[], heads: number): Row[] {
  const fused = tokens.map((token) => linear(`${path}qkv.`, token));
  const channels = tokens[0]?.length ?? 0;
  const width = channels / heads;
  const part = (token: Row, third: number, head: number) =>
    token.slice(third * channels + head * width, third * channels + (head + 1) * width);
  return fused.map((query) => {
    const joined = Array.from({ length: heads }, (_, head) => {
      const scores = fused.map((key) =>
        Math.exp(dot(part(query, 0, head), part(key, 1, head)) / Math.sqrt(width)),
      );
      const total = scores.reduce((a, b) => a + b, 0);
      return fused
        .map((value, at) => part(value, 2, head).map((element) => (element * (scores[at] ?? 0)) / total))
        .reduce(add);
    });
    return linear(`${path}projection.`, joined.flat());
  });
}

/** The integral of the normal density by its power series; exact to 1e-12 for the arguments here. */
function gelu(x: number): number {
  let term = x / Math.sqrt(2 * Math.PI);
  let sum = term;
  for (let n = 1; Math.abs(term) > 1e-17 && n < 400; n += 1) {
    term *= (-x * x) / (2 * n);
    sum += term / (2 * n + 1);
  }
  return x * (0.5 + sum);
}

/** Rows of pixels in (row, column, channel) order, one per patch, patches in raster order. */
function patches(
  image: (channel: number, y: number, x: number) => number,
  grid: Row,
  patchSize: number,
): Row[] {
  const [rows = 0, columns = 0] = grid;
  return Array.from({ length: rows * columns }, (_, position) => {
    const [top, left] = [Math.floor(position / columns) * patchSize, (position % columns) * patchSize];
    return Array.from({ length: patchSize * patchSize * 3 }, (_, at) => {
      const pixel = Math.floor(at / 3);
      return image(at % 3, top + Math.floor(pixel / patchSize), left + (pixel % patchSize));
    });
  });
}

function logitsOf(model: Model, patchRows: Row[], depth: number, heads: number): Row {
  const { rows, linear, norm, scale, has } = model;
  const prefix = ['classToken', 'distillationToken', 'registers'].flatMap((path) =>
    has(path) ? rows(path) : [],
  );
  const unmoved = [...prefix, ...patchRows.map((patch) => linear('patchEmbedding.', patch))];
  const encoding = rows('positionEncoding.weight');
  const ahead = unmoved.length - encoding.length; // tokens without a row of their own
  let tokens = unmoved.map((token, at) => (at < ahead ? token : add(token, encoding[at - ahead] ?? [])));
  for (let block = 0; block < depth; block += 1) {
    const path = `blocks.${block}.`;
    const mixed = attention(
      model,
      `${path}attention.`,
      tokens.map((token) => norm(`${path}norm1.`, token)),
      heads,
    );
    tokens = tokens.map((token, at) => add(token, scale(`${path}layerScale1.`, mixed[at] ?? [])));
    tokens = tokens.map((token) => {
      const hidden = linear(`${path}mlp.hidden.`, norm(`${path}norm2.`, token)).map(gelu);
      return add(token, scale(`${path}layerScale2.`, linear(`${path}mlp.output.`, hidden)));
    });
  }
  tokens = tokens.map((token) => norm('norm.', token));
  const own = tokens.slice(prefix.length);
  const average = own.reduce(add).map((sum) => sum / own.length);
  const pooled = has('poolNorm.weight') ? norm('poolNorm.', average) : (tokens[0] ?? []);
  const logits = linear('classification.', pooled);
  if (!has('classification.distilled.weight')) return logits;
  return add(logits, linear('classification.distilled.', tokens[1] ?? [])).map((sum) => sum / 2);
}

const inVit = (name: string) => new URL(`../../../vit/fixtures/${name}.safetensors`, import.meta.url);

test.each([
  { file: 'vit-class-token', patchSize: 4, depth: 3, heads: 3 },
  { file: 'vit-average-pool', patchSize: 4, depth: 2, heads: 2 },
  { file: 'vit-no-class-token', patchSize: 8, depth: 2, heads: 4 },
  { file: 'deit-distilled', patchSize: 4, depth: 2, heads: 3, wanted: 'logits_evaluation' },
  { file: inVit('vit-registers'), patchSize: 4, depth: 2, heads: 3 },
  { file: inVit('vit-layer-scale'), patchSize: 4, depth: 2, heads: 3 },
])('$file: weights in our layout give the logits of timm', ({ file, patchSize, depth, heads, wanted }) => {
  const reference = readFixture(file);
  const weights = fixtureNames(file, 'weights/').map((path): [string, HostTensor] => {
    const { shape, values } = reference(`weights/${path}`);
    return [path, { shape, dtype: 'float32', values: values as Float32Array }];
  });
  const { backbone, classification } = fromTimmVit(Object.fromEntries(weights));
  const head = Object.entries(classification).map(([path, tensor]) => [`classification.${path}`, tensor]);
  const model = modelOf({ ...backbone, ...Object.fromEntries(head) });
  const { shape, values } = reference('input');
  const [batch = 0, channels = 0, height = 0, width = 0] = shape;
  const logits = Array.from({ length: batch }, (_, index) => {
    const pixel = (channel: number, y: number, x: number) =>
      values[((index * channels + channel) * height + y) * width + x] ?? Number.NaN;
    const rows = patches(pixel, [height / patchSize, width / patchSize], patchSize);
    return logitsOf(model, rows, depth, heads);
  }).flat();
  const expected = [...reference(wanted ?? 'logits').values];
  expect(logits).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  const worst = Math.max(...zip(logits, expected, (logit, other) => Math.abs(logit - other)));
  expect(worst / scale).toBeLessThan(1e-5);
});
