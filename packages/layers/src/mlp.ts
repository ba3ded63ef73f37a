import type * as tf from '@tensorflow/tfjs-core';
import { fused } from './fused.js';
import { gelu } from './gelu.js';
import type { Initialise } from './initialise.js';
import { linear, plusBias, project } from './linear.js';
import type { Random } from './random.js';
import { gatherVariables, type Variables } from './variables.js';

/** Two linear layers with a GELU between them: `[..., channels] float32` to the same shape. */
export interface Mlp {
  /** `hidden` and `output`. */
  readonly variables: Variables;
  readonly apply: <Tokens extends tf.Tensor>(tokens: Tokens) => Tokens;
}

// The bias belongs to the region, so that the gradient needs the product alone.
const activate = fused((product: tf.Tensor, bias: tf.Tensor) => gelu(plusBias(product, bias)));

/**
 * The transformer's feed-forward part.
 *
 * @param options.hidden channels between the two linear layers; usually four times `channels`
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { createRandom, mlp } from '@whereabouts/layers';
 *
 * const layer = mlp({ channels: 8, hidden: 32, random: createRandom({ seed: 0, step: 0 }) });
 * layer.apply(tf.ones([2, 5, 8])).shape; // => [2, 5, 8]
 * ```
 */
export function mlp(options: {
  readonly channels: number;
  readonly hidden: number;
  readonly random: Random;
  readonly initialise?: Initialise;
}): Mlp {
  const { channels, hidden: width, random, ...initialise } = options;
  const hidden = linear({ ...initialise, inputs: channels, outputs: width, random: random.fork('hidden') });
  const output = linear({ ...initialise, inputs: width, outputs: channels, random: random.fork('output') });
  return {
    variables: gatherVariables({ hidden, output }),
    apply: <Tokens extends tf.Tensor>(tokens: Tokens) => {
      const { weight, bias } = hidden.variables as Record<'weight' | 'bias', tf.Variable>;
      return output.apply(activate(project(tokens, weight), bias)) as Tokens;
    },
  };
}
