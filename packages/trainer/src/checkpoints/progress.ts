import { z } from 'zod';

const ranked = z.object({ value: z.number(), step: z.number().int() });

const progressSchema = z.object({
  step: z.number().int().nonnegative(),
  steps: z.number().int().positive(),
  stepsPerEpoch: z.number().int().positive(),
  accumulate: z.number().int().positive().default(1),
  seed: z.number(),
  frozen: z.number().int().nonnegative().default(0),
  evaluated: z.number().int().optional(),
  best: z.object({ metric: z.string(), value: z.number(), step: z.number().int() }).optional(),
  kept: z.array(ranked).optional(),
  patience: z.object({ value: z.number(), waited: z.number().int().nonnegative() }).optional(),
});

/** How far a training is: what a checkpoint remembers besides tensors. */
export interface Progress {
  /** Steps done. */
  readonly step: number;
  /** Steps of the whole training. */
  readonly steps: number;
  readonly stepsPerEpoch: number;
  /** Batches per step. */
  readonly accumulate: number;
  readonly seed: number;
  /** Variables that are not learned. */
  readonly frozen: number;
  /** The step after which the last evaluation took place; absent before the first. */
  readonly evaluated?: number | undefined;
  /** The best evaluation so far. */
  readonly best?: { readonly metric: string; readonly value: number; readonly step: number } | undefined;
  /** The best evaluations whose checkpoints are kept, the best first; absent where only the best is. */
  readonly kept?: readonly { readonly value: number; readonly step: number }[] | undefined;
  /** What early stopping compares with, and evaluations since that value. */
  readonly patience?: { readonly value: number; readonly waited: number } | undefined;
}

/** Reads what a checkpoint remembers; undefined where it is no such thing. */
export function parseProgress(text: string | undefined): Progress | undefined {
  if (text === undefined) return undefined;
  try {
    return progressSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
