import type { HostTensor } from '@whereabouts/layers';
import { fromMae, fromTimmVit, huggingFace, type ModelTensors } from '@whereabouts/weights';

type Tensors = Readonly<Record<string, HostTensor>>;

/** How a model is published: what its names look like, and the way to ours. */
interface Publication {
  readonly isIt: (name: string) => boolean;
  readonly read: (tensors: Tensors) => ModelTensors;
}

/** From the most particular one on; the last fits every file, and complains of what it doesn't know. */
const publications: readonly Publication[] = [
  {
    isIt: (name) => name.startsWith('decoder.decoder_'), // Hugging Face's ViTMAE
    read: (tensors) => ofMae(huggingFace.vitMae.toTimm(tensors).tensors),
  },
  {
    isIt: (name) => /^(vit\.)?(embeddings|encoder)\./.test(name), // Hugging Face's ViT
    read: (tensors) => ofTimm(huggingFace.vit.toTimm(tensors).tensors),
  },
  { isIt: (name) => name.startsWith('decoder_') || name === 'mask_token', read: ofMae }, // the official MAE
  { isIt: () => true, read: ofTimm },
];

/**
 * Reads a published ViT, DeiT or MAE, whose names are timm's, Hugging Face's or the official MAE's; of a MAE the encoder alone.
 * A classifier counts as the head `classes`.
 *
 * @throws when a name belongs to none of them
 */
export function fromPublishedWeights(tensors: Tensors): ModelTensors {
  const names = Object.keys(tensors);
  const found = publications.find(({ isIt }) => names.some(isIt)) as Publication;
  return found.read(tensors);
}

function ofTimm(tensors: Tensors): ModelTensors {
  const { backbone, classification } = fromTimmVit(tensors);
  return { backbone, heads: Object.keys(classification).length === 0 ? {} : { classes: classification } };
}

function ofMae(tensors: Tensors): ModelTensors {
  return { backbone: fromMae(tensors, { encoding: 'kept' }).backbone, heads: {} };
}
