import '@tensorflow/tfjs';
import { readFileSync } from 'node:fs';
import { isUnder } from '@whereabouts/layers';
import { describe, expect, it } from 'vitest';
import { pathOfTimm } from '../testing/timm-reference.js';
import { masked } from './masked.js';
import { type Vit, vit } from './vit.js';

interface Reference {
  readonly decay: number;
  /** By the name of the parameter in timm. */
  readonly scales: Readonly<Record<string, number>>;
}

const timm: Readonly<Record<string, Reference>> = JSON.parse(
  readFileSync(new URL('../fixtures/layer-decay.json', import.meta.url), 'utf8'),
);
const sizes = { imageSize: 8, patchSize: 4, channels: 8, depth: 4, heads: 2 };

describe('the layer groups of a ViT', () => {
  it.each<[string, Vit]>([
    ['class token', vit(sizes)],
    ['average', vit({ ...sizes, pooling: 'average' })],
    ['registers and layer scale', vit({ ...sizes, registers: 2, layerScale: 1e-5 })],
    ['distillation token', vit({ ...sizes, distillationToken: true })],
  ])('scale learning rates as timm does: %s', (name, { variables, layerGroups }) => {
    const { decay, scales } = timm[name] as Reference;
    const ofBackbone = Object.entries(scales).filter(([parameter]) => !/^head(_dist)?\./.test(parameter));
    const wanted = ofBackbone.map(([parameter, scale]) => [pathOfTimm(parameter), scale] as const);
    expect(wanted.map(([path]) => path).sort()).toEqual(Object.keys(variables).sort());
    for (const [path, scale] of wanted) {
      const group = layerGroups.findIndex((names) => names.some((name) => isUnder(path, name)));
      const layersAfter = group === -1 ? 0 : layerGroups.length - group;
      expect(decay ** layersAfter, path).toBeCloseTo(scale, 12);
    }
  });

  it('are those of a view as well', () => {
    const whole = vit(sizes);
    expect(masked(whole, { keepRatio: 0.5 }).layerGroups).toEqual(whole.layerGroups);
  });

  it('are data that anybody can write', () => {
    expect(vit({ ...sizes, depth: 2 }).layerGroups).toEqual([
      ['patchEmbedding', 'classToken', 'positionEncoding'],
      ['blocks.0'],
      ['blocks.1', 'norm'],
    ]);
  });
});
