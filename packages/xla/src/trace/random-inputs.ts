import type { Tensor } from '@tensorflow/tfjs-core';
import type { Random } from '@whereabouts/layers';
import { inputName } from '../input-name.js';

/** A random tensor that a function asks for: an input that is drawn anew for every call. */
export interface Draw {
  /** The name of the input that carries it. */
  readonly input: string;
  /** The name under which `createRandom` draws it. */
  readonly path: string;
  readonly kind: 'uniform' | 'normal';
  readonly shape: readonly number[];
}

/** Randomness whose every draw is an input, which `provide` makes. */
export function randomInputs(provide: (draw: Draw) => Tensor): Random {
  const at = (prefix: string): Random => {
    const ask = (kind: Draw['kind']) => (name: string, shape: readonly number[]) => {
      const path = `${prefix}${name}`;
      return provide({ input: inputName('random', kind, path, shape.join('x')), path, kind, shape });
    };
    return { uniform: ask('uniform'), normal: ask('normal'), fork: (name) => at(`${prefix}${name}/`) };
  };
  return at('');
}
