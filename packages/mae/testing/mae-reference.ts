import type { HostTensor } from '@whereabouts/layers';
import { fixtureNames, readFixture } from '../../../testing/fixture.js';

// Where the official code's names differ from ours; what belongs to the encoder is left out.
const renamed: readonly [RegExp, string][] = [
  [/^decoder_embed/, 'embedding'],
  [/^mask_token$/, 'maskToken'],
  [/^decoder_pred/, 'prediction'],
  [/^decoder_/, ''],
  [/\.attn\.proj/, '.attention.projection'],
  [/\.attn\./, '.attention.'],
  [/\.fc1/, '.hidden'],
  [/\.fc2/, '.output'],
];

/** The decoder's tensors under `prefix` by our paths and in our layout, by hand and on the host. */
export function decoderTensors(fixture: string, prefix: string): Record<string, HostTensor> {
  const read = readFixture(fixture);
  const names = fixtureNames(fixture, prefix).filter(
    (name) => /^(decoder_|mask_token)/.test(name) && name !== 'decoder_pos_embed',
  );
  return Object.fromEntries(
    names.map((name) => {
      const path = renamed.reduce((sofar, [pattern, ours]) => sofar.replace(pattern, ours), name);
      const { shape, values } = read(`${prefix}${name}`);
      const floats = Float32Array.from(values);
      if (shape.length !== 2) return [path, { shape, dtype: 'float32' as const, values: floats }];
      const [outputs, inputs] = shape as [number, number];
      const turned = Float32Array.from(
        floats,
        (_, index) => floats[(index % outputs) * inputs + Math.floor(index / outputs)] as number,
      );
      return [path, { shape: [inputs, outputs], dtype: 'float32' as const, values: turned }];
    }),
  );
}
