import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  createRandom,
  type FeatureSpec,
  type Features,
  type Grid,
  gatherVariables,
  type LayerGroups,
  layerNorm,
  type Pass,
  positionCount,
  transformerBlock,
  type Variables,
  within,
} from '@whereabouts/layers';
import {
  gridOf,
  type PositionEncoding,
  patchEmbedding,
  patchify,
  positionEncodings,
} from '@whereabouts/patch-embedding';
import { dropPathRates } from './drop-path-rates.js';
import { everyPosition } from './every-position.js';
import { poolings, vectorOf } from './pooling.js';
import { prefixTokens } from './prefix-tokens.js';
import { vitLayerGroups } from './vit-layer-groups.js';
import { type VitOptions, type VitSettings, vitSettings } from './vit-settings.js';

/**
 * A ViT, whole as a backbone, and in the three pieces that a view of it is made of: `patchify`, `embed`, `encode`.
 * A view is another backbone over the same variables, such as `masked`.
 */
export interface Vit extends Backbone {
  readonly settings: VitSettings;
  readonly undecayed: readonly string[];
  readonly layerGroups: LayerGroups;
  readonly grid: Grid;
  readonly positionEncoding: PositionEncoding;
  /**
   * Cuts images into `[batch, positions, patchSize * patchSize * inputChannels] float32`.
   *
   * @throws when the images are of another size than the settings say
   */
  readonly patchify: (images: tf.Tensor4D) => tf.Tensor3D;
  /**
   * Projects patches `[batch, length, numbers] float32`, puts the class token, the distillation token and the registers
   * that there are before them, and adds `encoding`: `[batch, prefix + length, channels] float32`.
   *
   * @param encoding `positionEncoding.rows(positions)`, or a view's own rows of the same shape; undefined = none
   */
  readonly embed: (patches: tf.Tensor3D, encoding: tf.Tensor3D | undefined) => tf.Tensor3D;
  /**
   * Sends what `embed` made through the blocks, normalises and pools.
   *
   * @param positions `[batch, length] int32`, where each patch sits; handed on, and read by a conditional encoding alone
   */
  readonly encode: (
    tokens: tf.Tensor3D,
    positions: tf.Tensor2D,
    pass: Pass,
    options?: EncodeOptions,
  ) => Features;
  /** Tokens before those of the grid: class token, distillation token, registers. */
  readonly prefixLength: number;
  /**
   * What each token takes of each in every block, to look at: `[batch, heads, prefix + positions, prefix + positions] float32`
   * per block, where queries are rows that add up to 1. `attentionRollout` makes one map of them.
   */
  readonly attention: (images: tf.Tensor4D, pass: Pass) => readonly tf.Tensor4D[];
}

/** How a view's tokens go through the blocks. */
export interface EncodeOptions {
  /** How many patches, the first ones, supply keys and values, as tokens before the grid always do; all unless given. */
  readonly keys?: number;
  /** Whose `afterFirstBlock` the tokens go through; the ViT's own unless given. */
  readonly positionEncoding?: Pick<PositionEncoding, 'afterFirstBlock'>;
}

/** A part that isn't there: no variables, and tokens pass unchanged. */
const nothing = { variables: {}, apply: <Tokens extends tf.Tensor>(tokens: Tokens): Tokens => tokens };

/**
 * A vision transformer: `[batch, height, width, inputChannels] float32` to one stage of patch tokens,
 * `[batch, positions, channels] float32` in raster order, and the pooled vector `[batch, channels] float32`.
 *
 * @param options.pooling `class-token` unless given
 * @param options.classToken whether there is one; unless given, where the pooling is `class-token`
 * @param options.distillationToken whether there is one, whose vector is handed over as `distilled [batch, channels] float32`;
 * false unless given
 * @param options.registers how many learned tokens take part and are dropped from the output; 0 unless given
 * @param options.prefixEncoding whether the tokens before the grid have rows in the position encoding (the opposite of timm's
 * `no_embed_class`); unless given, where there are no registers
 * @param options.normAfterPooling whether the pooled vector is normalised instead of the tokens; unless given, where the
 * pooling is `average`, as in timm
 * @param options.positionEncoding `learned` unless given
 * @param options.dropPath rate in the last block, 0 in the first, evenly between; 0 unless given
 * @param options.layerScale the first factor of each channel of each branch, such as 1e-5; 0 = none unless given
 * @throws on a size that the patch doesn't divide, and on options that contradict each other
 * @source Dosovitskiy et al. 2021; equal to timm's `VisionTransformer` and `VisionTransformerDistilled` in features and
 * gradients. Touvron et al. 2021 (DeiT; CaiT for the layer scale); Darcet et al. 2024 (registers). Every token before the grid
 * starts normal with deviation 0.02, as MAE's class token (timm: 1e-6 for class token and registers)
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { evaluationPass } from '@whereabouts/layers';
 * import { vit } from '@whereabouts/vit';
 *
 * const backbone = vit({ imageSize: { height: 8, width: 12 }, patchSize: 4, channels: 16, depth: 2, heads: 2 });
 * const features = backbone.apply(tf.ones([2, 8, 12, 3]), evaluationPass());
 * features.stages[0]?.tokens.shape; // => [2, 6, 16]
 * ```
 */
export function vit(options: VitOptions): Vit {
  const settings = vitSettings(options);
  const { imageSize, patchSize, channels, heads, mlpRatio, inputChannels, qkvBias, pooling } = settings;
  const { prefixEncoding, layerScale } = settings;
  const initialise = options.initialise === undefined ? {} : { initialise: options.initialise };
  const random = createRandom({ seed: options.seed ?? 0, step: 0 }).fork('vit');
  const grid = gridOf(imageSize, patchSize);

  const embedding = patchEmbedding({
    ...initialise,
    patchSize,
    inputChannels,
    channels,
    random: random.fork('patchEmbedding'),
  });
  const prefix = prefixTokens({
    counts: {
      classToken: settings.classToken ? 1 : 0,
      distillationToken: settings.distillationToken ? 1 : 0,
      registers: settings.registers,
    },
    channels,
    random,
  });
  const positionEncoding = positionEncodings[settings.positionEncoding]({
    grid,
    channels,
    prefix: prefixEncoding ? prefix.length : 0,
    random: random.fork('positionEncoding'),
  });
  const blocks = dropPathRates(settings.dropPath, settings.depth).map((dropPath, block) =>
    transformerBlock({
      ...initialise,
      ...(layerScale === 0 ? {} : { layerScale }),
      channels,
      heads,
      mlpRatio,
      qkvBias,
      dropPath,
      random: random.fork(`blocks.${block}`),
    }),
  );
  const norm = settings.normAfterPooling ? nothing : layerNorm({ channels });
  const poolNorm = settings.normAfterPooling ? layerNorm({ channels }) : nothing;

  const variables: Variables = {
    ...gatherVariables({ patchEmbedding: embedding }),
    ...prefix.variables,
    ...gatherVariables({
      positionEncoding,
      ...Object.fromEntries(blocks.map((block, index) => [`blocks.${index}`, block])),
      norm,
      poolNorm,
    }),
  };
  const spec: FeatureSpec = {
    contract: 1,
    stages: [{ grid, channels, length: positionCount(grid) }],
    pooled: pooling === 'none' ? 0 : channels,
    ...(settings.distillationToken ? { distilled: channels } : {}),
    positionEncoding: positionEncoding.kind,
  };

  /** Tokens after the first block: those of the grid may learn from it where they sit. */
  const afterFirstBlock = (
    tokens: tf.Tensor3D,
    positions: tf.Tensor2D | undefined,
    encoding: Pick<PositionEncoding, 'afterFirstBlock'>,
  ): tf.Tensor3D => {
    if (encoding.afterFirstBlock === undefined) return tokens;
    const { prefix: ahead, patches } = prefix.separate(tokens);
    return tf.concat([...Object.values(ahead), encoding.afterFirstBlock(patches, positions)], 1);
  };

  /** As `Vit.encode`; `reordered` is undefined where the tokens are the whole grid in raster order; `watch` is shown what each block attends to. */
  const encode = (
    tokens: tf.Tensor3D,
    positions: tf.Tensor2D,
    reordered: tf.Tensor2D | undefined,
    pass: Pass,
    options: EncodeOptions = {},
    watch?: (attention: tf.Tensor4D) => void,
  ): Features => {
    const keys = options.keys === undefined ? undefined : prefix.length + options.keys;
    const mixed = blocks.reduce((flow, block, index) => {
      watch?.(block.attention(flow));
      const next = block.apply(flow, within(pass, `blocks.${index}`), keys);
      return index === 0
        ? afterFirstBlock(next, reordered, options.positionEncoding ?? positionEncoding)
        : next;
    }, tokens);
    const separated = prefix.separate(norm.apply(mixed));
    const pooled = poolings[pooling](separated);
    const { distillationToken } = separated.prefix;
    return {
      stages: [{ tokens: separated.patches, positions, grid }],
      ...(pooled === undefined ? {} : { pooled: poolNorm.apply(pooled) }),
      ...(distillationToken === undefined ? {} : { distilled: poolNorm.apply(vectorOf(distillationToken)) }),
    };
  };

  const view: Pick<Vit, 'patchify' | 'embed' | 'encode'> = {
    patchify: (images) => {
      const [, height, width, given] = images.shape;
      if (height !== imageSize.height || width !== imageSize.width || given !== inputChannels)
        throw new Error(
          `The images are ${height} x ${width} px (height x width) with ${given} channels, but this ViT was made for ` +
            `${imageSize.height} x ${imageSize.width} px with ${inputChannels}; resize them, or make it with their size.`,
        );
      return patchify(images, patchSize);
    },
    embed: (patches, encoding) => {
      const projected = embedding.apply(patches); // [batch, length, channels]
      const encoded = (tokens: tf.Tensor3D): tf.Tensor3D =>
        encoding === undefined ? tokens : tf.add(tokens, encoding);
      return prefixEncoding ? encoded(prefix.prepend(projected)) : prefix.prepend(encoded(projected));
    },
    encode: (tokens, positions, pass, options) => encode(tokens, positions, positions, pass, options),
  };
  const whole = (images: tf.Tensor4D, pass: Pass, watch?: (attention: tf.Tensor4D) => void): Features => {
    const embedded = view.embed(view.patchify(images), positionEncoding.rows());
    return encode(embedded, everyPosition(grid, images.shape[0]), undefined, pass, {}, watch);
  };
  return {
    ...view,
    settings,
    grid,
    spec,
    variables,
    positionEncoding,
    undecayed: [
      ...Object.keys(prefix.variables),
      ...positionEncoding.undecayed.map((path) => `positionEncoding.${path}`),
    ],
    layerGroups: vitLayerGroups(Object.keys(variables), settings.depth),
    prefixLength: prefix.length,
    apply: (images, pass) => whole(images, pass),
    attention: (images, pass) => {
      const maps: tf.Tensor4D[] = [];
      whole(images, pass, (map) => void maps.push(map));
      return maps;
    },
  };
}
