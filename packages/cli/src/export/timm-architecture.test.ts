import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../config/resolve-config.js';
import type { TrainingRequest } from '../settings/training-config.js';
import { timmArchitecture } from './timm-architecture.js';

const weights = { classToken: { shape: [1, 1, 96] }, 'positionEncoding.weight': { shape: [64, 96] } };

const described = (model: TrainingRequest['model'], backbone = weights) =>
  timmArchitecture(
    resolveConfig({ data: { path: 'fashion-mnist', imageSize: 64 }, ...(model && { model }) }),
    backbone,
  );

describe('in the words of timm', () => {
  it('a ViT is its base model with other numbers', () => {
    const shape = { name: 'vit', channels: 96, depth: 6, heads: 3 } as const;
    expect(described({ ...shape, positionEncoding: 'none', registers: 4 })).toEqual({
      architecture: 'vit_base_patch16_224',
      arguments: {
        ...{ img_size: 64, patch_size: 8, embed_dim: 96, depth: 6, num_heads: 3 },
        ...{
          global_pool: 'token',
          fc_norm: false,
          class_token: true,
          reg_tokens: 4,
          pos_embed: 'none',
          no_embed_class: true,
        },
      },
      firstConvolution: 'patch_embed.proj',
      classifier: 'head',
    });
  });

  it('a Swin has heads per stage', () => {
    const { architecture, arguments: given } = described({
      name: 'swin',
      channels: 48,
      depths: [2, 2],
      heads: 2,
    });
    expect(architecture).toBe('swin_tiny_patch4_window7_224');
    expect(given).toMatchObject({ depths: [2, 2], num_heads: [2, 4], window_size: 7, patch_size: 4 });
  });

  it.each([
    [
      { name: 'vit-tiny', positionEncoding: 'conditional' },
      'A conditional position encoding is not among those of timm',
    ],
    [
      { name: 'swin-tiny', mergeLastStage: false },
      'The Swin does not merge before its last stage, and timm has no such model',
    ],
    [{ backbone: 'own.mjs' }, "own.mjs, which other libraries don't have"],
  ] as const)('%o is refused', (model, sentence) => {
    expect(() => described(model)).toThrow(sentence);
  });
});
