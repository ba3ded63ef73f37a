import {
  type Backbone,
  classification,
  type FeatureSpec,
  type Head,
  type HostTensor,
} from '@whereabouts/layers';
import { pixelDecoder } from '@whereabouts/mae';
import { swin } from '@whereabouts/swin';
import { masked, vit } from '@whereabouts/vit';
import { toMae, toTimmSwin, toTimmVit } from '@whereabouts/weights';
import type { Architecture, Setting } from './setting.js';

/** A backbone that contenders train, as ours and as timm's. */
export interface MeasuredModel {
  readonly title: string;
  /** Blocks of each stage. */
  readonly depths: readonly number[];
  readonly backbone: () => Backbone;
  /** What learns beside the position labels, by name. */
  readonly heads: (spec: FeatureSpec) => Readonly<Record<string, Head<never, unknown>>>;
  /** From our paths, those of heads under their names, to the names of the model in PyTorch. */
  readonly toPyTorch: (tensors: {
    readonly backbone: Tensors;
    readonly heads: (name: string) => Tensors;
  }) => Record<string, HostTensor>;
}

type Tensors = Readonly<Record<string, HostTensor>>;

/** Makes what a setting asks for, by architecture; `peers/pytorch/timm_models.py` has the same in PyTorch. */
export const measuredModels: Readonly<Record<Architecture, (model: Setting['model']) => MeasuredModel>> = {
  vit: ({ imageSize, patchSize, channels, depth, heads, classes }) => ({
    title: 'ViT',
    depths: [depth],
    backbone: () => vit({ imageSize, patchSize, channels, depth, heads }),
    heads: (spec) => ({ classes: classification({ spec, classes }) }),
    toPyTorch: ({ backbone, heads: head }) =>
      toTimmVit({ backbone, classification: head('classes') }, { patchSize }),
  }),
  swin: ({ imageSize, patchSize, channels, depth, heads, classes }) => {
    const depths = [2, 2, depth];
    const headsOf = depths.map((_, stage) => heads * 2 ** stage);
    return {
      title: 'Swin, windows of 7 x 7 tokens,',
      depths,
      backbone: () => swin({ imageSize, patchSize, windowSize: 7, channels, depths, heads: headsOf }),
      heads: (spec) => ({ classes: classification({ spec, classes }) }),
      toPyTorch: ({ backbone, heads: head }) =>
        toTimmSwin({ backbone, classification: head('classes') }, { patchSize }),
    };
  },
  mae: ({ imageSize, patchSize, channels, depth, heads, decoder }) => ({
    title: 'MAE, a quarter of the patches seen,',
    depths: [depth],
    backbone: () =>
      masked(vit({ imageSize, patchSize, channels, depth, heads, positionEncoding: 'sine-cosine' }), {
        keepRatio: 0.25,
      }),
    heads: (spec) => ({
      pixels: pixelDecoder({ spec, patchSize, target: 'normalised', ...decoder }),
    }),
    toPyTorch: ({ backbone, heads: head }) => toMae({ backbone, decoder: head('pixels') }, { patchSize }),
  }),
};
