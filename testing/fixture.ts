import { readFileSync } from 'node:fs';

/** One reference tensor, computed with PyTorch, timm or the official MAE code; see `fixtures/README.md`. */
export interface ReferenceTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array | Int32Array | Float64Array;
}

/**
 * Reads a file of reference tensors by its name in `testing/fixtures`, or by where it lies; deliberately not with
 * `@whereabouts/weights`, which it helps to test.
 *
 * @throws when there is no such file
 */
export function readFixture(name: string | URL): (tensor: string) => ReferenceTensor {
  const bytes = readFileSync(fileOf(name));
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header = JSON.parse(bytes.subarray(8, 8 + headerLength).toString('utf8')) as Record<
    string,
    { dtype: string; shape: number[]; data_offsets: [number, number] }
  >;
  return (tensor) => {
    const entry = header[tensor];
    if (entry === undefined)
      throw new Error(`${name} has no tensor ${tensor}; it has ${Object.keys(header)}`);
    const [begin, end] = entry.data_offsets.map((offset) => 8 + headerLength + offset) as [number, number];
    const data = Uint8Array.from(bytes.subarray(begin, end)).buffer;
    const values =
      entry.dtype === 'F32'
        ? new Float32Array(data)
        : entry.dtype === 'F64'
          ? new Float64Array(data)
          : new Int32Array(data);
    return { shape: entry.shape, values };
  };
}

/** Names of the tensors in a file of reference tensors that begin with `prefix`, without it. */
export function fixtureNames(name: string | URL, prefix: string): string[] {
  const bytes = readFileSync(fileOf(name));
  const header = JSON.parse(
    bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString('utf8'),
  ) as object;
  return Object.keys(header)
    .filter((tensor) => tensor.startsWith(prefix))
    .map((tensor) => tensor.slice(prefix.length));
}

const fileOf = (name: string | URL): URL =>
  name instanceof URL ? name : new URL(`./fixtures/${name}.safetensors`, import.meta.url);
