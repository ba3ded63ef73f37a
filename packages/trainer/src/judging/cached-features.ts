import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { toHostTensor } from '@whereabouts/weights';
import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
import type { FeatureTable } from './feature-table.js';

/**
 * Features from a file where it holds those of this key, else computed and written to it.
 *
 * @param options.file a safetensors file with `features` and `classes`; its folder is made if it isn't there
 * @param options.key everything that the features depend on, such as the hash of the weights and the split of the data
 * @throws when the file is damaged; delete it then
 * @example
 * ```ts
 * import { mkdtemp, rm } from 'node:fs/promises';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { cachedFeatures } from '@whereabouts/trainer';
 *
 * const folder = await mkdtemp(join(tmpdir(), 'features-'));
 * const file = join(folder, 'train.safetensors');
 * let computed = 0;
 * const compute = async () => {
 *   computed += 1;
 *   return { length: 1, channels: 2, values: Float32Array.of(1, 2), classes: Int32Array.of(0) };
 * };
 * await cachedFeatures({ file, key: 'weights 1', compute });
 * (await cachedFeatures({ file, key: 'weights 1', compute })).length; // => 1
 * computed; // => 1
 * await rm(folder, { recursive: true });
 * ```
 */
export async function cachedFeatures(options: {
  readonly file: string;
  readonly key: string;
  readonly compute: () => Promise<FeatureTable>;
}): Promise<FeatureTable> {
  const { file, key, compute } = options;
  if (existsSync(file)) {
    const { metadata, tensors } = await readSafetensors(file);
    if (metadata.key === key && tensors.features !== undefined && tensors.classes !== undefined) {
      const features = toHostTensor(tensors.features, 'features');
      const classes = toHostTensor(tensors.classes, 'classes');
      const [length = 0, channels = 0] = features.shape;
      return {
        length,
        channels,
        values: features.values as Float32Array,
        classes: classes.values as Int32Array,
      };
    }
  }
  const table = await compute();
  await mkdir(dirname(file), { recursive: true });
  await writeSafetensors(
    file,
    {
      features: { shape: [table.length, table.channels], dtype: 'float32', values: table.values },
      classes: { shape: [table.length], dtype: 'int32', values: table.classes },
    },
    { metadata: { key } },
  );
  return table;
}
