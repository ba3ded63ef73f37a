import { z } from 'zod';
import type { Normalisation } from '../normalisation.js';
import { normalisationSchema } from '../normalisation-schema.js';

/** How a data set whose training pictures are partly set apart for validation is opened. */
export interface SplitOptions {
  /** Of the choice of the pictures that are set apart. Default 0. */
  readonly seed?: number | undefined;
  /**
   * The share of each class that is set apart for validation, where the data set has no validation pictures. 0: none, all
   * are trained on, and the test pictures serve as validation too; what is chosen by validation is then chosen by the test.
   * Default 0.1.
   */
  readonly validationShare?: number | undefined;
  /** Default: the data set's own where it is known, ImageNet's elsewhere. */
  readonly normalisation?: Normalisation | undefined;
}

/** How a data set of picture files is opened. */
export interface PictureSetOptions extends SplitOptions {
  /** Whether the header and the end of every file are looked at before anything starts. Default true. */
  readonly verify?: boolean | undefined;
  /** How many files that can't be read are left out, and listed in `ignored`. One more is an error. Default 0. */
  readonly unreadable?: { readonly limit: number } | undefined;
  /** A picture of more pixels counts as unreadable; it is never decoded. Default 178,956,970, as in Pillow. */
  readonly pixelLimit?: number | undefined;
  /** Memory for decoded small pictures (128 x 128 pixels and less) of each split, in MiB. Default 512. */
  readonly keepMebibytes?: number | undefined;
}

/** The options of `SplitOptions` for zod. */
export const splitOptions = {
  seed: z.int().optional(),
  validationShare: z.number().min(0).lt(1).optional(),
  normalisation: normalisationSchema.optional(),
};

/** The options of `PictureSetOptions` for zod. */
export const pictureSetOptions = {
  ...splitOptions,
  verify: z.boolean().optional(),
  unreadable: z.strictObject({ limit: z.int().min(0) }).optional(),
  pixelLimit: z.int().min(1).optional(),
  keepMebibytes: z.number().min(0).optional(),
};

/** Passes what fits `shape`, and throws a sentence about what doesn't. */
export function checkSetOptions(opener: string, shape: z.ZodRawShape, options: object): void {
  const checked = z.strictObject(shape).safeParse(options);
  if (!checked.success)
    throw new Error(`These options of ${opener} can't be used:\n${z.prettifyError(checked.error)}`);
}
