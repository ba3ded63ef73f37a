import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass, loadVariables } from '@whereabouts/layers';
import { absolutePositions } from '@whereabouts/position-labels';
import { attentionRollout, type Vit, vit } from '@whereabouts/vit';
import { fromCheckpoint, parseSafetensors, toHostTensors } from '@whereabouts/weights';
import { type ModelCard, modelCard } from './model-card.js';

/** A trained ViT that says of the pieces of a picture where they belong. */
export interface PuzzleModel {
  readonly card: ModelCard;
  readonly grid: Vit['grid'];
  /**
   * Says where each piece belongs, by nothing but the pieces: the ViT has no position encoding, so it sees them as a set.
   *
   * @param pixels `[height, width, 3]`, red, green and blue from 0 to 255, of the size that the card says
   * @returns logits by piece, in raster order of where it lies, then by cell
   */
  readonly whereEachBelongs: (pixels: Uint8Array) => Promise<number[][]>;
  /**
   * Says what each piece is seen beside: how much of each piece, in raster order of where they lie, goes into it through the
   * attention of all blocks. By piece, then by piece; each row adds up to 1.
   */
  readonly whatEachLooksAt: (pixels: Uint8Array) => Promise<number[][]>;
}

/**
 * Makes the model of a safetensors file and its card.
 *
 * @param bytes the file, as `pack-model.ts` writes it
 */
export function puzzleModel(bytes: Uint8Array): PuzzleModel {
  const { metadata, tensors } = parseSafetensors(bytes, { file: 'The model' });
  const card = modelCard(metadata);
  const { imageSize, normalisation } = card;
  const { backbone, heads } = fromCheckpoint(toHostTensors(tensors));
  const model = vit({ ...card.vit, imageSize, positionEncoding: 'none' });
  const head = absolutePositions({ spec: model.spec });
  loadVariables(model.variables, backbone);
  loadVariables(head.variables, heads.absolute ?? {});

  const pass = evaluationPass();
  const normalised = (pixels: Uint8Array): tf.Tensor4D => {
    const image = tf.tensor4d(Float32Array.from(pixels), [1, imageSize, imageSize, 3]);
    return tf.div(tf.sub(tf.div(image, 255), normalisation.mean), normalisation.deviation);
  };
  const logitsOf = (pixels: Uint8Array): tf.Tensor2D =>
    tf.tidy(() => tf.squeeze(head.apply(model.apply(normalised(pixels), pass), pass), [0])); // [pieces, cells]
  const rolledOut = (pixels: Uint8Array): tf.Tensor2D =>
    tf.tidy(() => {
      const maps = attentionRollout(model.attention(normalised(pixels), pass)); // [1, prefix + pieces, prefix + pieces]
      const { prefixLength: prefix } = model;
      const pieces = maps.shape[1] - prefix;
      const among = tf.slice(maps, [0, prefix, prefix], [1, pieces, pieces]);
      return tf.squeeze(tf.div(among, tf.sum(among, -1, true)), [0]);
    });
  const rowsOf = async (table: tf.Tensor2D): Promise<number[][]> => {
    const rows = await table.array();
    table.dispose();
    return rows;
  };
  return {
    card,
    grid: model.grid,
    whereEachBelongs: (pixels) => rowsOf(logitsOf(pixels)),
    whatEachLooksAt: (pixels) => rowsOf(rolledOut(pixels)),
  };
}
