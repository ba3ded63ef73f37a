import { createRandom, type Pass, type Random } from '@whereabouts/layers';

/** A pass that remembers what was drawn from it. */
export interface RecordedPass {
  readonly pass: Pass;
  /** The full name and the distribution of every draw so far, such as `blocks.0/keep (uniform)`. */
  readonly drawn: readonly string[];
}

export function recordedPass(origin: {
  readonly training: boolean;
  readonly seed: number;
  readonly step: number;
}): RecordedPass {
  const source = createRandom(origin);
  const drawn: string[] = [];
  const at = (prefix: string): Random => ({
    uniform: (name, shape) => {
      drawn.push(`${prefix}${name} (uniform)`);
      return source.uniform(`${prefix}${name}`, shape);
    },
    normal: (name, shape) => {
      drawn.push(`${prefix}${name} (normal)`);
      return source.normal(`${prefix}${name}`, shape);
    },
    fork: (name) => at(`${prefix}${name}/`),
  });
  return { pass: { training: origin.training, random: at('') }, drawn };
}
