import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus';

/** A sequence of pseudo-random numbers on the host. */
export interface Stream {
  /** The next number of a uniform distribution, from 0 up to but not including 1, with 24 random bits. */
  readonly uniform: () => number;
  /** The next number of the standard normal distribution. */
  readonly normal: () => number;
  /** The next whole number from 0 up to but not including `end`, of 32 random bits; `end` is at most 2^32. */
  readonly integer: (end: number) => number;
}

// FNV-1a with the finaliser of MurmurHash3: names that differ in one letter give unrelated states.
function hash(text: string, basis: number): number {
  let state = basis;
  for (let index = 0; index < text.length; index += 1)
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
  return state ^ (state >>> 16);
}

/**
 * Starts the sequence of random numbers that belongs to a path, such as `stream(seed, 'crop', epoch, index)`.
 *
 * Randomness is by name, not by order: a sequence depends on its path alone, so adding a draw elsewhere disturbs no
 * other, and a run resumes from its step number without any saved state.
 *
 * @example
 * ```ts
 * import { stream } from '@whereabouts/layers';
 *
 * const dice = stream(7, 'dice');
 * const again = stream(7, 'dice');
 * dice.integer(6) === again.integer(6); // => true
 * ```
 *
 * @source Blackman & Vigna, xoroshiro128+ (pure-rand); the state is a 128-bit hash of the path
 */
export function stream(...path: readonly (string | number)[]): Stream {
  const name = path.join('\u0000');
  const generator = xoroshiro128plusFromState([
    hash(name, 0x811c9dc5),
    hash(name, 0x9e3779b9),
    hash(name, 0x7f4a7c15),
    hash(name, 0x2545f491) | 1, // a state of zeros would stay zero
  ]);
  const uniform = () => (generator.next() >>> 8) / 0x1000000;
  let spare: number | undefined;
  const normal = () => {
    if (spare !== undefined) {
      const value = spare;
      spare = undefined;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, normal, integer: (end) => Math.floor(((generator.next() >>> 0) / 0x100000000) * end) };
}
