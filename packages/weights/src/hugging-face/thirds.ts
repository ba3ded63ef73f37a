import type { HostTensor } from '@whereabouts/layers';

/** What timm's `qkv` holds, from top to bottom. */
export const thirds = ['query', 'key', 'value'] as const;

/** One of them. */
export type Third = (typeof thirds)[number];

/** One tensor of three, along its first axis. */
export function joinThirds(parts: Readonly<Record<Third, HostTensor>>): HostTensor {
  const { shape, values } = parts.query;
  const joined = new Float32Array(3 * values.length);
  thirds.forEach((third, index) => {
    joined.set(parts[third].values, index * values.length);
  });
  return { shape: [3 * (shape[0] ?? 0), ...shape.slice(1)], dtype: 'float32', values: joined };
}

/** Three tensors of one, along its first axis. */
export function cutThirds(name: string, { shape, values }: HostTensor): Record<Third, HostTensor> {
  const [rows = 0, ...rest] = shape;
  if (rows % 3 !== 0)
    throw new Error(
      `${name} is [${shape}], but holds queries, keys and values: 3 must divide its first axis.`,
    );
  const size = values.length / 3;
  const cut = thirds.map((third, index): [Third, HostTensor] => [
    third,
    {
      shape: [rows / 3, ...rest],
      dtype: 'float32',
      values: Float32Array.from(values.subarray(index * size, (index + 1) * size)),
    },
  ]);
  return Object.fromEntries(cut) as Record<Third, HostTensor>;
}
