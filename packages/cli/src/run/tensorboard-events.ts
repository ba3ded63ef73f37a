import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { type EventWriter, eventWriter } from '@whereabouts/tensorboard';
import type { Callback } from '@whereabouts/trainer';
import { readSafetensors } from '@whereabouts/weights/files';
import sharp from 'sharp';

/** Writes a training down for TensorBoard. */
export interface TensorBoardEvents {
  readonly callback: Callback;
  /** Shows pictures under their names. @param files PNG files */
  readonly pictures: (step: number, files: readonly string[]) => Promise<void>;
  readonly close: () => void;
}

/**
 * Writes a training down for TensorBoard: every step and evaluation, and how the weights of each checkpoint are distributed.
 *
 * @param folder of the event files, one per start and resume
 */
export function tensorBoardEvents(folder: string): TensorBoardEvents {
  let writer: EventWriter | undefined;
  let counted = -1; // the step whose weights were counted: the last and the best checkpoint may hold the same
  const open = () => {
    writer ??= eventWriter(folder);
    return writer;
  };
  return {
    callback: {
      onStart: () => void open(),
      onStep: ({ step, metrics, learningRate, weights = {}, images, stepSeconds, waitSeconds }) =>
        open().scalars(step, {
          ...under('training', {
            ...metrics,
            learningRate,
            imagesPerSecond: images / (stepSeconds + waitSeconds),
          }),
          ...under('training/weight of', weights),
        }),
      onEvaluation: ({ step, metrics }) => open().scalars(step, under('validation', metrics)),
      onCheckpoint: async ({ step, path }) => {
        if (step === counted) return;
        counted = step;
        const { tensors } = await readSafetensors(path);
        for (const [name, { values }] of Object.entries(tensors))
          if (name.startsWith(ofModel) && values instanceof Float32Array)
            open().histogram(step, `weights/${name.slice(ofModel.length)}`, values);
      },
    },
    pictures: async (step, files) => {
      for (const file of files) {
        const png = await readFile(file);
        const { width, height } = await sharp(png).metadata();
        open().image(step, `painted/${basename(file, extname(file))}`, { width, height, png });
      }
    },
    close: () => writer?.close(),
  };
}

/** What leads the names of the weights in a checkpoint, beside those of the optimiser. */
const ofModel = 'model.';

function under(group: string, numbers: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).map(([name, number]) => [`${group}/${name}`, number]));
}
