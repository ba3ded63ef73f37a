import type { Dtype } from '../graph/dtype.js';

/** How TensorFlow writes a dtype. */
export interface DataType {
  /** In TensorFlow's enumeration `DataType`. */
  readonly number: number;
  /** Of one element as raw bytes; undefined where elements differ in length or cannot be written. */
  readonly bytes: number | undefined;
}

/** By TensorFlow.js's names, see `Dtype`. */
export const dataTypes: Readonly<Record<Dtype, DataType>> = {
  float32: { number: 1, bytes: 4 },
  int32: { number: 3, bytes: 4 },
  int16: { number: 5, bytes: 2 },
  string: { number: 7, bytes: undefined },
  complex64: { number: 8, bytes: 8 },
  int64: { number: 9, bytes: 8 },
  bool: { number: 10, bytes: 1 },
  bfloat16: { number: 14, bytes: 2 },
  resource: { number: 20, bytes: undefined },
};
