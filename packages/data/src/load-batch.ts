import { availableParallelism } from 'node:os';
import type { HostBatch } from '@whereabouts/layers';
import { type Augmentation, augmenter, type Placement } from './augmentation.js';
import { evaluationView } from './evaluation-view.js';
import { finishPicture, untouched } from './finish-picture.js';
import { batchMixer } from './mix-batch.js';
import type { Mixing } from './mixing.js';
import { type Normalisation, normalisationTable } from './normalisation.js';
import type { Picture, Size } from './picture.js';
import { type FileView, type FoundPicture, type PictureFile, readPictureView } from './picture-file.js';
import { render } from './render.js';
import type { View } from './view.js';

/** How examples become batches: what is the same for all batches, as plain data. */
export interface BatchPlan {
  readonly imageSize: Size;
  readonly normalisation: Normalisation;
  readonly augmentation: Augmentation | 'none';
  readonly mixing?: Mixing | undefined;
  readonly seed: number;
  readonly cropPct: number;
  readonly interpolation: View['interpolation'];
}

/** Where the picture of an example is: in a file, at hand, or not to be had. */
export interface ExampleSource {
  readonly file?: PictureFile | undefined;
  readonly picture?: Picture | undefined;
  readonly problem?: Error | undefined;
}

/** One example of a batch, as plain data. */
export interface BatchExample extends ExampleSource {
  /** By which the augmentation is drawn. */
  readonly index: number;
  /** How often it came before in the same epoch. */
  readonly repeat: number;
}

/** What a batch is made of, as plain data. */
export interface BatchTask {
  readonly epoch: number;
  /** Of the batch in its epoch. */
  readonly number: number;
  readonly examples: readonly BatchExample[];
  /** `[batch]` int32, where there are labels. */
  readonly classes?: Int32Array | undefined;
}

/** What became of a task. */
export interface LoadedBatch {
  /** Absent where there are problems. */
  readonly batch?: HostBatch;
  /** What was found in files that wasn't known, by its place in the batch; threads share the pixels of pictures. */
  readonly learned: readonly (readonly [slot: number, found: FoundPicture])[];
  /** Why examples can't be read, by their place in the batch, in order. */
  readonly problems: readonly (readonly [slot: number, problem: Error])[];
}

/** Makes batches, on whatever thread. */
export type LoadBatch = (task: BatchTask) => Promise<LoadedBatch>;

/** Examples of a batch that are decoded at the same time: as many as cores, and some in reserve for slow disks. */
const concurrency = Math.min(8, 2 + availableParallelism());

function shared({ width, height, pixels }: Picture): Picture {
  const copy = new Uint8Array(new SharedArrayBuffer(pixels.length));
  copy.set(pixels);
  return { width, height, pixels: copy };
}

async function viewOf(
  source: ExampleSource,
  choose: Placement['choose'],
): Promise<Pick<FileView, 'view'> & Partial<FileView>> {
  const { file, picture, problem } = source;
  if (file) return readPictureView(file, choose);
  if (picture) return { view: await render(picture, choose(picture)) };
  throw problem;
}

/** Makes the function that decodes, cuts, augments, normalises and mixes the examples of a batch. */
export function batchLoader(plan: BatchPlan): LoadBatch {
  const { imageSize, normalisation, augmentation, mixing, seed, cropPct, interpolation } = plan;
  const centre: Placement = {
    choose: (picture) => evaluationView(picture, imageSize, cropPct, interpolation),
    finish: untouched,
  };
  const placementOf =
    augmentation === 'none' ? () => centre : augmenter(augmentation, { imageSize, normalisation, seed });
  const mix = mixing && batchMixer(mixing, seed);
  const table = normalisationTable(normalisation);
  const imageLength = imageSize.height * imageSize.width * 3;

  return async ({ epoch, number, examples, classes }) => {
    const values = new Float32Array(examples.length * imageLength); // [batch, height, width, 3]
    const learned: [number, FoundPicture][] = [];
    const problems: [number, Error][] = [];
    const slots = examples.entries();
    const work = async () => {
      for (const [slot, example] of slots) {
        try {
          const { choose, finish } = placementOf({ epoch, index: example.index, repeat: example.repeat });
          const { view, found } = await viewOf(example, choose);
          finishPicture(view, finish, table, values.subarray(slot * imageLength, (slot + 1) * imageLength));
          if (found?.picture) learned.push([slot, { ...found, picture: shared(found.picture) }]);
          else if (found && !example.file?.facts) learned.push([slot, found]);
        } catch (reason) {
          problems.push([slot, reason instanceof Error ? reason : new Error(String(reason))]);
        }
      }
    };
    await Promise.all(Array.from({ length: concurrency }, work));
    if (problems.length > 0) return { learned, problems: problems.sort(([one], [other]) => one - other) };
    const images = {
      shape: [examples.length, imageSize.height, imageSize.width, 3],
      dtype: 'float32',
      values,
    } as const;
    if (classes === undefined) return { batch: { images }, learned, problems };
    const labelled = {
      images,
      classes: { shape: [examples.length], dtype: 'int32', values: classes },
    } as const;
    return { batch: mix ? mix(labelled, { epoch, number }) : labelled, learned, problems };
  };
}
