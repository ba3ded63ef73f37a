import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  constantTensor,
  createRandom,
  oneHot,
  type Pass,
  positionCount,
  smallNormal,
  variable,
} from '@whereabouts/layers';
import type { Swin } from '@whereabouts/swin';
import { keepLowest } from '@whereabouts/vit';
import { cellPlan } from './cell-plan.js';
import { spreadCells } from './spread-cells.js';

/** How much of each image a Swin sees. */
export interface MaskedCellsOptions {
  /** Share of the cells to keep, above 0 up to 1; 0.4 unless given. */
  readonly keepRatio?: number;
  /** Side of a cell in pixels: a multiple of what a token of the last stage stands for; 32 unless given. */
  readonly cellSize?: number;
  /** Of the mask token; 0 unless given. */
  readonly seed?: number;
}

/**
 * A view of a Swin that doesn't see the pixels of random square cells: a learned `maskToken [1, 1, 1, channels]` stands in
 * for each of their patches, and all tokens go through all stages. So every stage is whole, and its `contentGiven` says
 * whose pixels were seen.
 *
 * While training, a pass draws `mask`: other cells in each step. Evaluation hides the same cells of the n-th image of
 * every batch, whatever the seed; to evaluate on whole images use the Swin itself, whose variables these are but for the
 * `maskToken`.
 *
 * @param options.keepRatio 0.4 unless given; `keptCount` says how it is rounded
 * @param options.cellSize 32 unless given
 * @throws when the cells don't hold whole tokens of the last stage or don't divide the images, or none is kept
 * @source Xie et al. 2022 (SimMIM), `SwinTransformerForSimMIM`: `ceil(0.6 * cells)` are hidden, after the norm of the patches
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { trainingPass } from '@whereabouts/layers';
 * import { maskedCells } from '@whereabouts/mae';
 * import { swin } from '@whereabouts/swin';
 *
 * const whole = swin({ imageSize: 16, patchSize: 2, windowSize: 4, channels: 8, depths: [2, 2], heads: [1, 2] });
 * const view = maskedCells(whole, { keepRatio: 0.25, cellSize: 4 }); // 4 of 16 cells are seen
 * const { stages } = view.apply(tf.ones([1, 16, 16, 3]), trainingPass({ seed: 0, step: 0 }));
 * stages.map(({ tokens }) => tokens.shape); // => [[1, 64, 8], [1, 16, 16]]
 * stages.map(({ contentGiven }) => contentGiven?.sum().dataSync()[0]); // => [16, 4]
 * ```
 */
export function maskedCells(swin: Swin, options: MaskedCellsOptions = {}): Backbone {
  const { keepRatio = 0.4, cellSize = 32, seed = 0 } = options;
  const { grid, kept, tokensPerSide, spec } = cellPlan(swin, { keepRatio, cellSize });
  const random = createRandom({ seed, step: 0 }).fork('maskedCells');
  const maskToken = variable(smallNormal(random, 'maskToken', [1, 1, 1, swin.settings.channels]));
  const [first = [], ...later] = swin.layerGroups;
  return {
    variables: { ...swin.variables, maskToken },
    undecayed: [...swin.undecayed, 'maskToken'],
    layerGroups: [[...first, 'maskToken'], ...later],
    spec,
    apply: (images, pass) => {
      const cells = seenCells(pass, [images.shape[0], positionCount(grid)], kept);
      const seenIn = (stage: number) => spreadCells(cells, grid, tokensPerSide[stage] as number);
      const patches = swin.embed(images);
      const seen = seenIn(0); // [batch, rows, columns, 1]
      const mixed = tf.add(tf.mul(patches, seen), tf.mul(maskToken, tf.sub(1, seen)));
      const features = swin.encode(mixed as tf.Tensor4D, pass);
      const stages = features.stages.map((stage, index) => ({
        ...stage,
        contentGiven: tf.reshape(seenIn(index), stage.positions.shape) as tf.Tensor2D,
      }));
      return { ...features, stages };
    },
  };
}

/** `[batch, cells] float32`, 1 = seen, 0 = hidden: those of the lowest noise are seen. */
function seenCells(pass: Pass, shape: readonly [number, number], kept: number): tf.Tensor2D {
  const noise = pass.training
    ? pass.random.uniform('mask', shape)
    : constantTensor(createRandom({ seed: 0, step: 0 }).uniform('maskedCells/mask', shape));
  const [batch, cells] = shape;
  const places = keepLowest(noise as tf.Tensor2D, kept); // [batch, kept]
  const chosen = tf.reshape(oneHot(tf.reshape(places, [-1]), cells), [batch, kept, cells]);
  return tf.sum(chosen, 1);
}
