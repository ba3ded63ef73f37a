import type { Attributes } from './attribute.js';
import type { Dtype } from './dtype.js';

/** One node as a graph file spells it. */
export interface NodeDefinition {
  readonly name: string;
  readonly op: string;
  /** `node` or `node:output` in a graph, `node:argument:output` or an argument's name in a function; `^node` = runs after it. */
  readonly inputs: readonly string[];
  readonly attributes: Attributes;
}

/** A named part of a graph that is called like an operation. */
export interface FunctionDefinition {
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly dtype: Dtype }[];
  readonly outputs: readonly { readonly name: string; readonly dtype: Dtype }[];
  readonly nodes: readonly NodeDefinition[];
  /** From the name of an output to the tensor inside that it returns. */
  readonly results: Readonly<Record<string, string>>;
  readonly attributes: Attributes;
}

/** A tensor that a signature takes or gives. */
export interface TensorReference {
  /** `node:output` */
  readonly tensor: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
}

/** One way to run the graph. */
export interface Signature {
  readonly inputs: Readonly<Record<string, TensorReference>>;
  readonly outputs: Readonly<Record<string, TensorReference>>;
}

/** What a SavedModel folder holds. */
export interface SavedModel {
  readonly nodes: readonly NodeDefinition[];
  readonly functions: readonly FunctionDefinition[];
  readonly signatures: Readonly<Record<string, Signature>>;
  /** The node that a loader runs once, such as one that gives variables their values. */
  readonly initialiser?: string;
}
