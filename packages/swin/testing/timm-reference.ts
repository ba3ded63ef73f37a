import type { HostTensor } from '@whereabouts/layers';
import { fixtureNames, type ReferenceTensor, readFixture } from '../../../testing/fixture.js';

// Where timm's names differ from ours.
const renamed: readonly [RegExp, string][] = [
  [/^patch_embed\.proj/, 'patchEmbedding'],
  [/^patch_embed\.norm/, 'patchNorm'],
  [/^layers\./, 'stages.'],
  [/\.downsample\./, '.merging.'],
  [/\.attn\.proj/, '.attention.projection'],
  [/\.attn\.relative_position_bias_table/, '.attention.relativePositionBias'],
  [/\.attn\./, '.attention.'],
  [/\.fc1/, '.hidden'],
  [/\.fc2/, '.output'],
  [/^head\.fc/, 'head'],
];

/**
 * The tensors under `prefix` (`weights/` or `gradients/`) by our paths and in our layout. Written by hand and on the
 * host, so that the tests of the model lean on nothing that is tested with them.
 */
export function timmTensors(fixture: string, prefix: string): Record<string, HostTensor> {
  const read = readFixture(fixture);
  return Object.fromEntries(
    fixtureNames(fixture, prefix).map((name) => {
      const path = renamed.reduce((sofar, [pattern, ours]) => sofar.replace(pattern, ours), name);
      return [path, inOurLayout(name, read(`${prefix}${name}`))];
    }),
  );
}

/** Images from `[batch, channels, height, width]` to `[batch, height, width, channels]`. */
export function timmImages(fixture: string): {
  readonly shape: [number, number, number, number];
  readonly values: Float32Array;
} {
  const { shape, values } = readFixture(fixture)('input');
  const [batch, channels, height, width] = shape as [number, number, number, number];
  const moved = permuted({ shape, values }, [0, 2, 3, 1]);
  return { shape: [batch, height, width, channels], values: moved.values };
}

function inOurLayout(name: string, tensor: ReferenceTensor): HostTensor {
  const { shape, values } = tensor;
  if (shape.length === 4) {
    const moved = permuted(tensor, [2, 3, 1, 0]); // [row, column, channel, output]
    return {
      ...moved,
      shape: [moved.shape.slice(0, 3).reduce((size, side) => size * side, 1), shape[0] ?? 0],
    };
  }
  if (shape.length === 2 && !name.endsWith('relative_position_bias_table')) return permuted(tensor, [1, 0]);
  return { shape, dtype: 'float32', values: Float32Array.from(values) };
}

function permuted(tensor: ReferenceTensor, order: readonly number[]) {
  const { shape, values } = tensor;
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((size, side) => size * side, 1));
  const target = order.map((axis) => shape[axis] ?? 0);
  const moved = Float32Array.from(values, (_, index) => {
    let rest = index;
    let source = 0;
    for (let axis = target.length - 1; axis >= 0; axis -= 1) {
      const side = target[axis] ?? 1;
      source += (rest % side) * (strides[order[axis] ?? 0] ?? 0);
      rest = Math.floor(rest / side);
    }
    return values[source] ?? Number.NaN;
  });
  return { shape: target, dtype: 'float32' as const, values: moved };
}
