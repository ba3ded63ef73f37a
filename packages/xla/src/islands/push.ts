import type { Attributes } from '../graph/attribute.js';

/** Adds a node to a function and gives its name. */
export type Push = (op: string, inputs: readonly string[], attributes: Attributes) => string;
