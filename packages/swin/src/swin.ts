import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  createRandom,
  type FeatureSpec,
  type Grid,
  gatherVariables,
  type Layer,
  layerNorm,
  positionCount,
  standardise,
  type TokenMap,
  within,
} from '@whereabouts/layers';
import { patchEmbedding, patchify } from '@whereabouts/patch-embedding';
import { type Passage, patchMerging, widening } from './patch-merging.js';
import { type StagePlan, stagePlans } from './stage-plan.js';
import { swinBlock } from './swin-block.js';
import { type SwinOptions, type SwinSettings, swinSettings } from './swin-settings.js';

const epsilon = 1e-5;

/** A Swin as a backbone. */
export interface Swin extends Backbone {
  readonly settings: SwinSettings;
  readonly undecayed: readonly string[];
  /** The window of each stage in tokens, for instance to fit weights that were learned with others. */
  readonly windows: readonly Grid[];
}

interface Stage {
  readonly passage: Passage;
  readonly blocks: readonly Layer<tf.Tensor4D, tf.Tensor4D>[];
}

/** Leads into the first stage. */
const nothing: Passage = { variables: {}, apply: (tokens) => tokens };

/**
 * A Swin transformer: `[batch, height, width, inputChannels] float32` to one stage of tokens per resolution, finest first,
 * `[batch, positions, channels] float32` in raster order, and the average of the last, `[batch, channels] float32`.
 *
 * The last stage's tokens are normalised by the learned norm before pooling. Those of earlier stages, which Swin itself hands
 * on as they are, are standardised without learned numbers, so that a head finds them on one scale.
 *
 * @param options.windowSize 7 unless given; grids that windows don't divide are padded, and on a side that is no longer than
 *   the window there is one window and no shift
 * @param options.relativePositionBias true unless given
 * @param options.mergeLastStage true unless given; false keeps the grid before the last stage, as the absolute label wants it
 * @param options.dropPath rate in the last block, 0 in the first, evenly between over all stages; 0 unless given
 * @throws on a size that the patch doesn't divide, and on options that contradict each other
 * @source Liu et al. 2021; equal to timm's `SwinTransformer` in features, logits and gradients. `mergeLastStage: false` is Zhang &
 *   Gong's (AAAI 2023): LayerNorm and a linear layer to twice the channels instead of the merging, and windows as large as
 *   the grid
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { evaluationPass } from '@whereabouts/layers';
 * import { swin } from '@whereabouts/swin';
 *
 * const backbone = swin({ imageSize: { height: 16, width: 24 }, patchSize: 2, windowSize: 4, channels: 8, depths: [2, 2], heads: [2, 4] });
 * const features = backbone.apply(tf.ones([2, 16, 24, 3]), evaluationPass());
 * features.stages.map(({ tokens }) => tokens.shape); // => [[2, 96, 8], [2, 24, 16]]
 * ```
 */
export function swin(options: SwinOptions): Swin {
  const settings = swinSettings(options);
  const { imageSize, patchSize, channels, inputChannels } = settings;
  const initialise = options.initialise === undefined ? {} : { initialise: options.initialise };
  const random = createRandom({ seed: options.seed ?? 0, step: 0 }).fork('swin');
  const plans = stagePlans(settings);
  const lastPlan = plans.at(-1) as StagePlan;

  const embedding = patchEmbedding({
    ...initialise,
    patchSize,
    inputChannels,
    channels,
    random: random.fork('patchEmbedding'),
  });
  const patchNorm = layerNorm({ channels, epsilon });
  const parts: Record<string, { readonly variables: Backbone['variables'] }> = {
    patchEmbedding: embedding,
    patchNorm,
  };
  const stages = plans.map((plan, stage): Stage => {
    const ofStage = random.fork(`stages.${stage}`);
    const merges = stage < plans.length - 1 || settings.mergeLastStage;
    const passageName = merges ? 'merging' : 'widening';
    const passage =
      stage === 0
        ? nothing
        : { merging: patchMerging, widening }[passageName]({
            ...initialise,
            channels: plan.channels / 2,
            random: ofStage.fork(passageName),
          });
    parts[`stages.${stage}.${passageName}`] = passage;
    const blocks = plan.dropPaths.map((rate, block) => {
      const layer = swinBlock({
        ...initialise,
        ...plan,
        ...settings,
        channels: plan.channels,
        heads: plan.heads,
        shift: block % 2 === 0 ? { rows: 0, columns: 0 } : plan.shift,
        dropPath: rate,
        random: ofStage.fork(`blocks.${block}`),
      });
      parts[`stages.${stage}.blocks.${block}`] = layer;
      return layer;
    });
    return { passage, blocks };
  });
  const norm = layerNorm({ channels: lastPlan.channels, epsilon });
  parts.norm = norm;
  const variables = gatherVariables(parts);

  const spec: FeatureSpec = {
    contract: 1,
    stages: plans.map(({ grid, channels }) => ({ grid, channels, length: positionCount(grid) })),
    pooled: lastPlan.channels,
    positionEncoding: settings.relativePositionBias ? 'relative' : 'none',
  };

  const tokenMap = (tokens: tf.Tensor4D, grid: Grid): TokenMap => {
    const [batch, , , channels] = tokens.shape;
    const length = positionCount(grid);
    const raster = tf.reshape(tf.range(0, length, 1, 'int32'), [1, length]);
    return {
      tokens: tf.reshape(tokens, [batch, length, channels]),
      positions: tf.tile(raster, [batch, 1]) as tf.Tensor2D,
      grid,
    };
  };
  return {
    settings,
    spec,
    variables,
    windows: plans.map(({ window }) => window),
    undecayed: Object.keys(variables).filter((path) => path.endsWith('relativePositionBias')),
    apply: (images, pass) => {
      const [batch, height, width, given] = images.shape;
      if (height !== imageSize.height || width !== imageSize.width || given !== inputChannels)
        throw new Error(
          `The images are ${height} x ${width} px (height x width) with ${given} channels, but this Swin was made for ` +
            `${imageSize.height} x ${imageSize.width} px with ${inputChannels}; resize them, or make it with their size.`,
        );
      const { rows, columns } = (plans[0] as StagePlan).grid;
      const embedded = patchNorm.apply(embedding.apply(patchify(images, patchSize)));
      let tokens = tf.reshape(embedded, [batch, rows, columns, channels]) as tf.Tensor4D;
      const maps: TokenMap[] = [];
      stages.forEach(({ passage, blocks }, stage) => {
        tokens = passage.apply(tokens);
        blocks.forEach((block, index) => {
          tokens = block.apply(tokens, within(pass, `stages.${stage}.blocks.${index}`));
        });
        const { grid } = plans[stage] as StagePlan;
        const isLast = stage === stages.length - 1;
        maps.push(tokenMap(isLast ? norm.apply(tokens) : standardise(tokens, epsilon), grid));
      });
      const last = maps.at(-1) as TokenMap;
      return { stages: maps, pooled: tf.mean(last.tokens, 1) as tf.Tensor2D };
    },
  };
}
