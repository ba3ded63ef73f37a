import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';

const data = { path: 'fashion-mnist' };
const backbone = '/models/nest.mjs';

describe('a training on the backbone of a module', () => {
  it('hands it what was given of the shape of a model, and no default', () => {
    const { model } = resolveConfig({
      data,
      model: { backbone, patchSize: 2, backboneOptions: { depths: [1, 2] } },
    });
    expect(model.backboneOptions).toEqual({ patchSize: 2, depths: [1, 2] });
    expect(resolveConfig({ data, model: { backbone } }).model.backboneOptions).toEqual({});
  });

  it('lets its options count more', () => {
    const { model } = resolveConfig({
      data,
      model: { backbone, patchSize: 2, backboneOptions: { patchSize: 3 } },
    });
    expect(model.backboneOptions).toEqual({ patchSize: 3 });
  });

  it('takes nothing of the model from a preset', () => {
    const { model, labels } = resolveConfig({ data, preset: 'paper', model: { backbone } });
    expect(model).toMatchObject({ backbone, backboneOptions: {} });
    expect(labels.absolute).toBe(0.5);
  });

  it('takes image sizes that the patches of a built-in model would not divide', () => {
    const { model } = resolveConfig({
      data: { ...data, imageSize: 28 },
      model: { backbone, channels: 10, heads: 3 },
    });
    expect(model.backboneOptions).toEqual({ channels: 10, heads: 3 });
  });

  it('refuses a built-in model beside it', () => {
    expect(() => resolveConfig({ data, model: { backbone, name: 'vit-small' } })).toThrow(
      'model.name and model.backbone both say what is trained; give one of them.',
    );
  });

  it('refuses options that are no object', () => {
    expect(() => resolveConfig({ data, model: { backbone, backboneOptions: 'depth' as never } })).toThrow(
      'model.backboneOptions is "depth", but expected is an object in JSON.',
    );
  });
});
