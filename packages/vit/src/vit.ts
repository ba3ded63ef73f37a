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
import { poolings } from './pooling.js';
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
   * Projects patches `[batch, length, numbers] float32`, puts the class token before them and adds `encoding`:
   * `[batch, prefix + length, channels] float32`, where the prefix is 1 with a class token, else 0.
   *
   * @param encoding `positionEncoding.rows(positions)`, or a view's own rows of the same shape; undefined = none
   */
  readonly embed: (patches: tf.Tensor3D, encoding: tf.Tensor3D | undefined) => tf.Tensor3D;
  /**
   * Sends what `embed` made through the blocks, normalises and pools.
   *
   * @param positions `[batch, length] int32`, where each patch sits; only handed on, never added
   * @param keys how many patches, the first ones, supply keys and values (as tokens before the grid always do); all unless given
   */
  readonly encode: (tokens: tf.Tensor3D, positions: tf.Tensor2D, pass: Pass, keys?: number) => Features;
}

/** A part that isn't there: no variables, and tokens pass unchanged. */
const nothing = { variables: {}, apply: <Tokens extends tf.Tensor>(tokens: Tokens): Tokens => tokens };

/**
 * A vision transformer: `[batch, height, width, inputChannels] float32` to one stage of patch tokens,
 * `[batch, positions, channels] float32` in raster order, and the pooled vector `[batch, channels] float32`.
 *
 * @param options.pooling `class-token` unless given
 * @param options.classToken whether there is one; unless given, where the pooling is `class-token`
 * @param options.normAfterPooling whether the pooled vector is normalised instead of the tokens; unless given, where the
 * pooling is `average`, as in timm
 * @param options.positionEncoding `learned` unless given
 * @param options.dropPath rate in the last block, 0 in the first, evenly between; 0 unless given
 * @throws on a size that the patch doesn't divide, and on options that contradict each other
 * @source Dosovitskiy et al. 2021; equal to timm's `VisionTransformer` in features and gradients. The class token starts
 * normal with deviation 0.02 as in MAE (timm: 1e-6)
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
  const prefix = prefixTokens({ names: settings.classToken ? ['classToken'] : [], channels, random });
  const positionEncoding = positionEncodings[settings.positionEncoding]({
    grid,
    channels,
    prefix: prefix.length,
    random: random.fork('positionEncoding'),
  });
  const blocks = dropPathRates(settings.dropPath, settings.depth).map((dropPath, block) =>
    transformerBlock({
      ...initialise,
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
    positionEncoding: positionEncoding.kind,
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
      const tokens = prefix.prepend(embedding.apply(patches)); // [batch, prefix + length, channels]
      return encoding === undefined ? tokens : tf.add(tokens, encoding);
    },
    encode: (tokens, positions, pass, keys) => {
      const attended = keys === undefined ? undefined : prefix.length + keys;
      const mixed = blocks.reduce(
        (flow, block, index) => block.apply(flow, within(pass, `blocks.${index}`), attended),
        tokens,
      );
      const separated = prefix.separate(norm.apply(mixed));
      const pooled = poolings[pooling](separated);
      return {
        stages: [{ tokens: separated.patches, positions, grid }],
        ...(pooled === undefined ? {} : { pooled: poolNorm.apply(pooled) }),
      };
    },
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
    apply: (images, pass) => {
      const embedded = view.embed(view.patchify(images), positionEncoding.rows());
      return view.encode(embedded, everyPosition(grid, images.shape[0]), pass);
    },
  };
}
