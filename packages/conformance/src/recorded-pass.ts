import type { Tensor } from '@tensorflow/tfjs-core';
import { createRandom, type Pass, type Random } from '@whereabouts/layers';

/** A pass that remembers what was drawn from it. */
export interface RecordedPass {
  readonly pass: Pass;
  /** The full name and the distribution of every draw so far, such as `blocks.0/keep (uniform)`. */
  readonly drawn: readonly string[];
}

/** @param onDraw told of every tensor that is drawn */
export function recordedPass(
  origin: { readonly training: boolean; readonly seed: number; readonly step: number },
  onDraw: (tensor: Tensor) => void = () => undefined,
): RecordedPass {
  const source = createRandom(origin);
  const drawn: string[] = [];
  const at = (prefix: string): Random => {
    const draw = (kind: 'uniform' | 'normal') => (name: string, shape: readonly number[]) => {
      drawn.push(`${prefix}${name} (${kind})`);
      const tensor = source[kind](`${prefix}${name}`, shape);
      onDraw(tensor);
      return tensor;
    };
    return { uniform: draw('uniform'), normal: draw('normal'), fork: (name) => at(`${prefix}${name}/`) };
  };
  return { pass: { training: origin.training, random: at('') }, drawn };
}
