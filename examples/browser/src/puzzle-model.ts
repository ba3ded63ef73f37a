import * as tf from '@tensorflow/tfjs-core';
import { evaluationPass, loadVariables } from '@whereabouts/layers';
import { absolutePositions } from '@whereabouts/position-labels';
import { type Vit, vit } from '@whereabouts/vit';
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

  const logitsOf = (pixels: Uint8Array): tf.Tensor2D =>
    tf.tidy(() => {
      const image = tf.tensor4d(Float32Array.from(pixels), [1, imageSize, imageSize, 3]);
      const normalised = tf.div(tf.sub(tf.div(image, 255), normalisation.mean), normalisation.deviation);
      const pass = evaluationPass();
      return tf.squeeze(head.apply(model.apply(normalised as tf.Tensor4D, pass), pass), [0]); // [pieces, cells]
    });
  return {
    card,
    grid: model.grid,
    whereEachBelongs: async (pixels) => {
      const logits = logitsOf(pixels);
      const rows = await logits.array();
      logits.dispose();
      return rows;
    },
  };
}
