import type { HostTensor } from '@whereabouts/layers';
import { disposeVariables } from '@whereabouts/layers';
import { openBackend } from '@whereabouts/runtime';
import { builtIn } from '../build/build-backbone.js';
import { readRunConfig } from '../run/run-folder.js';

/**
 * The position encoding of a run's ViT as a table, where that is computed and so not among the weights: other libraries keep
 * it in their files.
 *
 * @param run the folder of the run; undefined where the weights come from elsewhere
 */
export async function fixedEncoding(
  backbone: Readonly<Record<string, HostTensor>>,
  run: string | undefined,
): Promise<{
  readonly tensors: Readonly<Record<string, HostTensor>>;
  readonly notes: readonly string[];
}> {
  if (run === undefined || backbone['positionEncoding.weight'] !== undefined)
    return { tensors: {}, notes: [] };
  const config = await readRunConfig(run);
  const { positionEncoding, depths } = config.model;
  if (depths.length > 0) return { tensors: {}, notes: [] }; // a Swin has no such table anywhere
  if (positionEncoding !== 'sine-cosine')
    return {
      tensors: {},
      notes: [`the position encoding is ${positionEncoding}, so the file has no table of one`],
    };
  await openBackend({ backend: 'cpu' });
  const { backbone: made, vit } = builtIn(config);
  const table = vit?.positionEncoding.rows();
  try {
    if (table === undefined) return { tensors: {}, notes: [] };
    const { shape } = table;
    const rows = shape.slice(-2);
    const values = Float32Array.from(await table.data());
    return {
      tensors: { 'positionEncoding.weight': { shape: rows, dtype: 'float32', values } },
      notes: ['the sine-cosine encoding, which is computed here, is written as a table'],
    };
  } finally {
    disposeVariables(made.variables);
  }
}
