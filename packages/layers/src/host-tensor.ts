/** A tensor in host memory: what files hold, what data sets hand over, and what crosses into an engine. */
export interface HostTensor {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'int32';
  /** Row-major, as many values as the shape has. */
  readonly values: Float32Array | Int32Array;
}

/** What a data set hands over for one step: tensors by name, such as `images` and `classes`. */
export type HostBatch = Readonly<Record<string, HostTensor>>;
