import * as tf from '@tensorflow/tfjs-core';
import { createRandom } from '@whereabouts/layers';
import { scalarInput, type Trace } from './trace/trace.js';

/** What a call gives besides its inputs. */
export interface CallOptions {
  /** Of the randomness, see `createRandom`; 0 unless given. */
  readonly seed?: number;
  /** Of the randomness; 0 unless given. */
  readonly step?: number;
  /** The numbers that the function asks for by name; those that it does not ask for are left aside. */
  readonly scalars?: Readonly<Record<string, number>>;
}

/**
 * The inputs that a function asked for while it was recorded: its random tensors and scalars.
 *
 * @param name of the function, for messages
 * @throws when a scalar is missing
 */
export function askedInputs(
  name: string,
  { draws, scalars: wanted }: Pick<Trace, 'draws' | 'scalars'>,
  { seed = 0, step = 0, scalars = {} }: CallOptions,
): Record<string, tf.Tensor> {
  const missing = wanted.filter((scalar) => scalars[scalar] === undefined);
  if (missing.length > 0)
    throw new Error(
      `The compiled function "${name}" reads the scalars ${wanted.join(', ')}, and this call did not give ${missing.join(', ')} in \`scalars\`.`,
    );
  const random = createRandom({ seed, step });
  return Object.fromEntries([
    ...draws.map(({ input, kind, path, shape }) => [input, random[kind](path, shape)] as const),
    ...wanted.map((scalar) => [scalarInput(scalar), tf.scalar(scalars[scalar] as number)] as const),
  ]);
}
