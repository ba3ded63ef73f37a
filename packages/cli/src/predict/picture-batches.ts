import { batches, type Picture, pictureFiles, type Split } from '@whereabouts/data';
import type { HostTensor } from '@whereabouts/layers';
import { evaluationBatchOptions } from '../build/batch-options.js';
import type { TrainedModel } from '../run/open-trained-model.js';

/** A picture that could not be read. */
export interface UnreadablePicture {
  readonly file: string;
  readonly reason: string;
}

/** Pictures of one batch. */
export interface PictureBatch {
  /** `[files, height, width, 3]` float32, normalised. */
  readonly images: HostTensor;
  readonly files: readonly string[];
  /** Those that came with this batch and could not be read; they are not in it. */
  readonly unreadable: readonly UnreadablePicture[];
}

/** Reads pictures as the evaluation of a model does, in batches; what can't be read is left out and told. */
export async function* pictureBatches(
  files: readonly string[],
  { config, normalisation }: Pick<TrainedModel, 'config' | 'normalisation'>,
): AsyncGenerator<PictureBatch> {
  if (files.length === 0) return;
  const { split, problems } = tolerant(pictureFiles({ name: 'given', files, keepMebibytes: 0 }));
  let start = 0;
  const { unreadable: _none, ...options } = evaluationBatchOptions(config);
  const all = batches(split, { ...options, normalisation });
  for await (const { images } of all.epoch(0)) {
    const { shape, values } = images as HostTensor;
    const indices = Array.from({ length: shape[0] as number }, (_, slot) => start + slot);
    const readable = indices.filter((index) => !problems.has(index));
    const size = values.length / indices.length;
    const kept = new Float32Array(readable.length * size);
    for (const [slot, index] of readable.entries())
      kept.set(values.subarray((index - start) * size, (index - start + 1) * size), slot * size);
    yield {
      images: { shape: [readable.length, ...shape.slice(1)], dtype: 'float32', values: kept },
      files: readable.map((index) => files[index] as string),
      unreadable: indices
        .filter((index) => problems.has(index))
        .map((index) => ({ file: files[index] as string, reason: problems.get(index) as string })),
    };
    start += indices.length;
  }
  await all.close();
}

const blank: Picture = { width: 1, height: 1, pixels: new Uint8Array(3) };

/** A split that hands over a blank picture where it can't read one, and remembers why. */
function tolerant(split: Split): { readonly split: Split; readonly problems: ReadonlyMap<number, string> } {
  const problems = new Map<number, string>();
  const read = (index: number) =>
    split.read(index).catch((error: Error) => {
      problems.set(index, error.message);
      return blank;
    });
  const { name, length, describe } = split;
  return { split: { name, length, describe, read }, problems };
}
