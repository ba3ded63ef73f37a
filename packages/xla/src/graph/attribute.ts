import type { Dtype, HostValues } from './dtype.js';

/** A tensor on the host. */
export interface HostConstant {
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly values: HostValues;
}

/** A named setting of an operation; the key tells its type, as in TensorFlow's `AttrValue`. */
export type Attribute =
  | { readonly type: Dtype }
  | { readonly types: readonly Dtype[] }
  | { readonly int: number }
  | { readonly ints: readonly number[] }
  | { readonly float: number }
  | { readonly floats: readonly number[] }
  | { readonly bool: boolean }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly shape: readonly number[] }
  | { readonly shapes: readonly (readonly number[])[] }
  | { readonly tensor: HostConstant }
  | { readonly function: string };

/** By the names of the operation's definition in TensorFlow, such as `T` or `transpose_a`. */
export type Attributes = Readonly<Record<string, Attribute>>;
