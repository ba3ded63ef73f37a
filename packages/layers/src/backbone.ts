import type { Tensor4D } from '@tensorflow/tfjs-core';
import type { FeatureSpec, Features } from './features.js';
import type { Layer } from './layer.js';
import type { LayerGroups } from './layer-groups.js';

/**
 * Turns a batch of images, `[batch, height, width, 3] float32` unless it says otherwise, into features that any head
 * can learn from. An object literal will do; `@whereabouts/conformance` checks one.
 */
export interface Backbone<Input = Tensor4D> extends Layer<Input, Features> {
  readonly spec: FeatureSpec;
  /** Paths of variables that weight decay leaves alone though they have two axes or more, such as encodings. */
  readonly undecayed?: readonly string[];
  /** Numbers that it reads from `Pass.scalars`, by name, and what they are where a training gives none. */
  readonly scalars?: Readonly<Record<string, number>>;
  /** Its variables by layer, from the input to the output; absent, its layers cannot learn at rates of their own. */
  readonly layerGroups?: LayerGroups;
}
