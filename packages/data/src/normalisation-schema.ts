import { z } from 'zod';

const colours = z.tuple([z.number(), z.number(), z.number()]);
const positive = z.number().positive();

/** A `Normalisation` for zod; apart from it, so that worker threads do without zod. */
export const normalisationSchema = z.object({
  mean: colours,
  deviation: z.tuple([positive, positive, positive]),
});
