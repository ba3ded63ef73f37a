import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  createRandom,
  type Features,
  type Grid,
  gatherVariables,
  type LayerGroups,
  layerNorm,
  type Pass,
  positionCount,
  standardise,
  type TokenMap,
  within,
} from '@whereabouts/layers';
import { patchEmbedding, patchify } from '@whereabouts/patch-embedding';
import { positionSources } from './position-sources.js';
import { type StagePlan, stagePlans } from './stage-plan.js';
import { swinLayerGroups } from './swin-layer-groups.js';
import { type SwinOptions, type SwinSettings, swinSettings } from './swin-settings.js';
import { swinStage } from './swin-stage.js';

/** Of every norm in a Swin. */
const epsilon = 1e-5;

/** A Swin as a backbone. */
export interface Swin extends Backbone {
  readonly settings: SwinSettings;
  readonly undecayed: readonly string[];
  readonly layerGroups: LayerGroups;
  /** The window of each stage in tokens, for instance to fit weights that were learned with others. */
  readonly windows: readonly Grid[];
  /** Side in pixels of what a token of each stage stands for. */
  readonly strides: readonly number[];
  /**
   * `[batch, height, width, inputChannels] float32` to the normed patches `[batch, rows, columns, channels] float32` of the
   * first stage: the first half of `apply`, for views that change patches before the stages see them.
   *
   * @throws when the images have another size
   */
  readonly embed: (images: tf.Tensor4D) => tf.Tensor4D;
  /** Patches as `embed` makes them to features: the second half of `apply`. */
  readonly encode: (patches: tf.Tensor4D, pass: Pass) => Features;
}

/**
 * A Swin transformer: `[batch, height, width, inputChannels] float32` to one stage of tokens per resolution, finest grid
 * first, each `[batch, positions, channels] float32` in raster order, and the pooled vector `[batch, channels] float32`, the
 * average of the last stage's tokens.
 *
 * The tokens of the last stage come after the backbone's norm. A Swin has no norm after the stages before it; heads get
 * their tokens standardised, which is that norm without learned scale and offset.
 *
 * @param options.windowSize tokens along a side; 7 unless given. A shorter side of a grid is its own window, a grid that
 * the windows don't divide is padded
 * @param options.relativePositionBias true unless given
 * @param options.mergeLastStage true unless given; false for absolute position labels as in the paper, on a finer last grid
 * @param options.dropPath rate in the last block of all, 0 in the first, evenly between; 0 unless given
 * @throws on a size that the patch doesn't divide, and on options that contradict each other
 * @source Liu et al. 2021; equal to timm's `SwinTransformer` in features and gradients. `mergeLastStage: false`: Zhang & Gong
 * 2023 and their code
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { evaluationPass } from '@whereabouts/layers';
 * import { swin } from '@whereabouts/swin';
 *
 * const backbone = swin({
 *   imageSize: { height: 16, width: 24 },
 *   patchSize: 2,
 *   windowSize: 4,
 *   channels: 8,
 *   depths: [2, 2],
 *   heads: [1, 2],
 * });
 * const { stages, pooled } = backbone.apply(tf.ones([1, 16, 24, 3]), evaluationPass());
 * stages.map(({ tokens }) => tokens.shape); // => [[1, 96, 8], [1, 24, 16]]
 * pooled?.shape; // => [1, 16]
 * ```
 */
export function swin(options: SwinOptions): Swin {
  const settings = swinSettings(options);
  const { imageSize, patchSize, channels, inputChannels, mlpRatio, qkvBias, relativePositionBias } = settings;
  const initialise = options.initialise === undefined ? {} : { initialise: options.initialise };
  const random = createRandom({ seed: options.seed ?? 0, step: 0 }).fork('swin');
  const plans = stagePlans(settings);
  const [first, last] = [plans[0], plans.at(-1)] as [StagePlan, StagePlan];

  const embedding = patchEmbedding({
    ...initialise,
    patchSize,
    inputChannels,
    channels,
    random: random.fork('patchEmbedding'),
  });
  const patchNorm = layerNorm({ channels, epsilon });
  const stages = plans.map((plan, stage) =>
    swinStage(plan, {
      ...initialise,
      mlpRatio,
      qkvBias,
      relativePositionBias,
      random: random.fork(`stages.${stage}`),
    }),
  );
  const norm = layerNorm({ channels: last.channels, epsilon });

  const variables = gatherVariables({
    patchEmbedding: embedding,
    patchNorm,
    ...Object.fromEntries(stages.map((stage, index) => [`stages.${index}`, stage])),
    norm,
  });
  const embed = (images: tf.Tensor4D): tf.Tensor4D => {
    const [batch, height, width, given] = images.shape;
    if (height !== imageSize.height || width !== imageSize.width || given !== inputChannels)
      throw new Error(
        `The images are ${height} x ${width} px (height x width) with ${given} channels, but this Swin was made for ` +
          `${imageSize.height} x ${imageSize.width} px with ${inputChannels}; resize them, or make it with their size.`,
      );
    const { rows, columns } = first.grid;
    const patches = patchNorm.apply(embedding.apply(patchify(images, patchSize)));
    return tf.reshape(patches, [batch, rows, columns, channels]);
  };
  const encode = (patches: tf.Tensor4D, pass: Pass): Features => {
    let tokens = patches;
    const maps = stages.map((stage, index) => {
      tokens = stage.apply(tokens, within(pass, `stages.${index}`));
      return mapOf(index === stages.length - 1 ? norm.apply(tokens) : standardise(tokens, epsilon));
    });
    return { stages: maps, pooled: tf.mean((maps.at(-1) as TokenMap).tokens, 1) as tf.Tensor2D };
  };
  return {
    settings,
    variables,
    undecayed: Object.keys(variables).filter((path) => path.endsWith('.relativePositionBias')),
    layerGroups: swinLayerGroups(plans),
    windows: plans.map(({ window }) => window),
    strides: plans.map(({ stride }) => stride),
    spec: {
      contract: 1,
      stages: plans.map(({ grid, channels }) => ({ grid, channels, length: positionCount(grid) })),
      pooled: last.channels,
      positionEncoding: relativePositionBias ? 'relative' : 'none',
      positionSources: positionSources(settings, plans),
    },
    embed,
    encode,
    apply: (images, pass) => encode(embed(images), pass),
  };
}

/** The tokens of a whole grid `[batch, rows, columns, channels]` in raster order. */
function mapOf(tokens: tf.Tensor4D): TokenMap {
  const [batch, rows, columns, channels] = tokens.shape;
  const length = rows * columns;
  const raster = tf.reshape(tf.range(0, length, 1, 'int32'), [1, length]);
  return {
    tokens: tf.reshape(tokens, [batch, length, channels]),
    positions: tf.tile(raster, [batch, 1]) as tf.Tensor2D,
    grid: { rows, columns },
  };
}
