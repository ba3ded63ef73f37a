import type { HostTensor } from '@whereabouts/layers';
import {
  fromCheckpoint,
  fromMae,
  fromTimmSwin,
  fromTimmVit,
  huggingFace,
  type ModelTensors,
  toMae,
  toTimmSwin,
  toTimmVit,
} from '@whereabouts/weights';

type Tensors = Readonly<Record<string, HostTensor>>;
type Architecture = 'vit' | 'swin';

/** A model by our paths, and what was left out of its file since it is computed here or needed nowhere. */
export interface ReadModel extends ModelTensors {
  readonly leftOut: readonly string[];
}

/** How one kind of file names its tensors. */
interface NamedWeights {
  /** What people call it. */
  readonly title: string;
  /** Whether names are of this kind. */
  readonly knows: (names: readonly string[]) => boolean;
  /** @throws when a name is not one of this kind; all of them are listed */
  readonly read: (tensors: Tensors) => ReadModel;
}

const has = (pattern: RegExp) => (names: readonly string[]) => names.some((name) => pattern.test(name));

const withClasses = (
  { backbone, classification }: { backbone: Tensors; classification: Tensors },
  leftOut: readonly string[] = [],
): ReadModel => ({
  ...{ backbone, leftOut },
  heads: Object.keys(classification).length === 0 ? {} : { classes: classification },
});

const ofMae = (tensors: Tensors): ReadModel => {
  const { backbone, decoder, computed } = fromMae(tensors, { encoding: 'kept' });
  return { backbone, heads: { pixels: decoder }, leftOut: computed };
};

/** Every kind of file that is read, the first that knows the names counting. */
const kinds: readonly NamedWeights[] = [
  {
    title: 'Whereabouts',
    knows: has(/^(model|ema)\.backbone\./),
    read: (tensors) => ({ ...fromCheckpoint(tensors), leftOut: [] }),
  },
  {
    title: "Hugging Face's ViTMAE",
    knows: has(/^decoder\.decoder_/),
    read: (tensors) => {
      const { tensors: named, unneeded } = huggingFace.vitMae.toTimm(tensors);
      const model = ofMae(named);
      return { ...model, leftOut: [...unneeded, ...model.leftOut] };
    },
  },
  {
    title: "Hugging Face's Swin",
    knows: has(/(^|\.)encoder\.layers\.\d+\.blocks\./),
    read: (tensors) => {
      const { tensors: named, unneeded } = huggingFace.swin.toTimm(tensors);
      return withClasses(fromTimmSwin(named), unneeded);
    },
  },
  {
    title: "Hugging Face's ViT",
    knows: has(/(^|\.)encoder\.layer\.\d+\./),
    read: (tensors) => {
      const { tensors: named, unneeded } = huggingFace.vit.toTimm(tensors);
      return withClasses(fromTimmVit(named), unneeded);
    },
  },
  { title: 'the official MAE', knows: has(/^(decoder_|mask_token$)/), read: ofMae },
  {
    title: "timm's Swin",
    knows: has(/^layers\.\d+\./),
    read: (tensors) => withClasses(fromTimmSwin(tensors)),
  },
  {
    title: "timm's ViT",
    knows: has(/^(blocks\.\d+\.|patch_embed\.)/),
    read: (tensors) => withClasses(fromTimmVit(tensors)),
  },
];

/**
 * Finds out by the names of tensors what made them.
 *
 * @throws when none of the kinds that are known has such names
 */
export function recogniseWeights(tensors: Tensors): NamedWeights {
  const names = Object.keys(tensors);
  const found = kinds.find(({ knows }) => knows(names));
  if (found !== undefined) return found;
  throw new Error(
    `These are the weights of no model that is known here: there are ${names.slice(0, 3).join(', ') || 'none'}${names.length > 3 ? ' and more' : ''}. Known are ${kinds.map(({ title }) => title).join(', ')}.`,
  );
}

/** What an exported model is made of; tensors by our paths. */
interface ExportedModel {
  readonly backbone: Tensors;
  readonly classification: Tensors;
  readonly decoder: Tensors;
}

/** A kind of file that can be written: which heads it has a place for, and its names by architecture. */
interface WeightFormat {
  /** Names of our heads that it has a place for. */
  readonly heads: readonly string[];
  readonly write: Readonly<
    Partial<Record<Architecture, (model: ExportedModel, options: { patchSize: number }) => Tensors>>
  >;
}

/** Kinds of files to write, by the word of `--format`, but for our own. */
export const weightFormats: Readonly<Record<'timm' | 'hugging-face' | 'mae', WeightFormat>> = {
  timm: { heads: ['classes'], write: { vit: toTimmVit, swin: toTimmSwin } },
  'hugging-face': {
    heads: ['classes', 'pixels'],
    write: {
      vit: (model, options) =>
        Object.keys(model.decoder).length === 0
          ? huggingFace.vit.fromTimm(toTimmVit(model, options))
          : huggingFace.vitMae.fromTimm(toMae(model, options)),
      swin: (model, options) => huggingFace.swin.fromTimm(toTimmSwin(model, options)),
    },
  },
  mae: { heads: ['pixels'], write: { vit: toMae } },
};

/** What a model is, told by its paths. */
export function architectureOf(backbone: Tensors): Architecture {
  return Object.keys(backbone).some((path) => path.startsWith('stages.')) ? 'swin' : 'vit';
}

/** Side of a patch in pixels, told by the patch embedding of RGB images. */
export function patchSizeOf(backbone: Tensors): number {
  const [rows = 0] = backbone['patchEmbedding.weight']?.shape ?? [];
  const side = Math.sqrt(rows / 3);
  if (Number.isInteger(side) && side > 0) return side;
  throw new Error(`The patch embedding has ${rows} rows, which is not that of a model on RGB images.`);
}
