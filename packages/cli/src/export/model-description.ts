import { defaultCropPct, type Normalisation } from '@whereabouts/data';
import type { TrainingConfig } from '../settings/training-config.js';
import type { TimmArchitecture } from './timm-architecture.js';

/** What both descriptions tell of a model. */
interface Described {
  readonly config: TrainingConfig;
  readonly normalisation: Normalisation;
  /** Names by class number; none where it has no classifier. */
  readonly classes: readonly string[];
  readonly timm: TimmArchitecture;
}

/**
 * The `config.json` of an exported folder, in the form of timm's models on the Hugging Face Hub, which transformers reads too.
 *
 * @source timm 1.0.29 `models/_hub.py`, `save_config_for_hf`
 */
export function timmConfig({ config, normalisation, classes, timm }: Described): object {
  const { imageSize } = config.data;
  return {
    architecture: timm.architecture,
    num_classes: classes.length,
    ...(classes.length === 0 ? {} : { label_names: classes }),
    model_args: timm.arguments,
    pretrained_cfg: {
      tag: 'whereabouts',
      custom_load: false,
      input_size: [3, imageSize, imageSize],
      fixed_input_size: true,
      interpolation: 'bicubic',
      crop_pct: cropPct(config),
      crop_mode: 'center',
      mean: normalisation.mean,
      std: normalisation.deviation,
      num_classes: classes.length,
      pool_size: null,
      first_conv: timm.firstConvolution,
      classifier: timm.classifier,
    },
  };
}

/**
 * The `preprocessor_config.json` of an exported folder: what transformers does to a picture before the model sees it. A
 * picture is resized until it just covers the side by `crop_pct`, and its centre cut out.
 */
export function preprocessorConfig({ config, normalisation }: Omit<Described, 'timm' | 'classes'>): object {
  const { imageSize } = config.data;
  return {
    image_processor_type: 'ConvNextImageProcessor',
    do_resize: true,
    size: { shortest_edge: imageSize },
    crop_pct: cropPct(config),
    resample: 3, // bicubic
    do_rescale: true,
    rescale_factor: 1 / 255,
    do_normalize: true,
    image_mean: normalisation.mean,
    image_std: normalisation.deviation,
  };
}

function cropPct({ data: { imageSize }, evaluation }: TrainingConfig): number {
  return evaluation.cropPct === 'auto'
    ? defaultCropPct({ width: imageSize, height: imageSize })
    : evaluation.cropPct;
}
