import type { Graph, Value } from '../graph/graph.js';

/** A call of a TensorFlow.js kernel during a trace. */
export interface KernelCall {
  readonly graph: Graph;
  /** By the kernel's names, such as `a` and `b`; a list where the kernel takes a list (under the name `0`, `1`, …). */
  readonly inputs: Readonly<Record<string, Value>>;
  /** The kernel's attributes, as the op gave them. */
  // biome-ignore lint/suspicious/noExplicitAny: every kernel has attributes of its own; each translation names the types it reads
  readonly attributes: Readonly<Record<string, any>>;
}

/** How a TensorFlow.js kernel is said in TensorFlow operations. */
export interface Kernel {
  /** Records the operations; gives one value per output of the kernel. */
  readonly record: (call: KernelCall) => Value | readonly Value[];
}

/** By the name of the TensorFlow.js kernel, such as `BatchMatMul`. */
export type Kernels = Readonly<Record<string, Kernel>>;
