import type { Backbone, HostTensor } from '@whereabouts/layers';
import { swin } from '@whereabouts/swin';
import { vit } from '@whereabouts/vit';
import { toTimmSwin, toTimmVit } from '@whereabouts/weights';
import type { Architecture, Setting } from './setting.js';

/** A backbone that contenders train, as ours and as timm's. */
export interface MeasuredModel {
  readonly title: string;
  /** Blocks of each stage. */
  readonly depths: readonly number[];
  readonly backbone: () => Backbone;
  /** From our paths to timm's names. */
  readonly toTimm: (tensors: Parameters<typeof toTimmVit>[0]) => Record<string, HostTensor>;
}

/** Makes what a setting asks for, by architecture; `peers/pytorch/timm_models.py` has the same in PyTorch. */
export const measuredModels: Readonly<Record<Architecture, (model: Setting['model']) => MeasuredModel>> = {
  vit: ({ imageSize, patchSize, channels, depth, heads }) => ({
    title: 'ViT',
    depths: [depth],
    backbone: () => vit({ imageSize, patchSize, channels, depth, heads }),
    toTimm: (tensors) => toTimmVit(tensors, { patchSize }),
  }),
  swin: ({ imageSize, patchSize, channels, depth, heads }) => {
    const depths = [2, 2, depth];
    const headsOf = depths.map((_, stage) => heads * 2 ** stage);
    return {
      title: 'Swin, windows of 7 x 7 tokens,',
      depths,
      backbone: () => swin({ imageSize, patchSize, windowSize: 7, channels, depths, heads: headsOf }),
      toTimm: (tensors) => toTimmSwin(tensors, { patchSize }),
    };
  },
};
