import { extname } from 'node:path';
import type { HostTensor } from '@whereabouts/layers';
import { writeFileAtomically, writeSafetensors } from '@whereabouts/weights/files';
import { usageError } from '../command-line/usage-error.js';
import { writeJson } from '../run/json-file.js';
import type { Embeddings } from './embed-pictures.js';
import { serialiseNpy } from './serialise-npy.js';

/** What else is to be known of embeddings, as text. */
export type EmbeddingFacts = Readonly<Record<string, string>>;

type Write = (file: string, embeddings: Embeddings, facts: EmbeddingFacts) => Promise<readonly string[]>;

const writers: Readonly<Record<string, Write>> = {
  '.safetensors': async (file, { files, tensors }, facts) => [
    await writeSafetensors(file, tensors, { metadata: { ...facts, files: JSON.stringify(files) } }),
  ],
  '.npy': async (file, { files, tensors }, facts) => {
    const { features, ...others } = tensors;
    const stem = file.slice(0, -'.npy'.length);
    const named: [string, HostTensor][] = [
      [file, features as HostTensor],
      ...Object.entries(others).map(([name, tensor]): [string, HostTensor] => [
        `${stem}.${name}.npy`,
        tensor,
      ]),
    ];
    for (const [path, tensor] of named) await writeFileAtomically(path, serialiseNpy(tensor));
    await writeJson(`${stem}.json`, { ...facts, files });
    return [...named.map(([path]) => path), `${stem}.json`];
  },
};

/**
 * Finds out how a file of embeddings is written, before anything is computed.
 *
 * @throws when its name doesn't say how
 */
export function embeddingWriter(file: string): Write {
  const write = writers[extname(file).toLowerCase()];
  if (write === undefined)
    throw usageError(
      `--to is ${JSON.stringify(file)}, but expected is a name that ends in .safetensors or .npy.`,
    );
  return write;
}
