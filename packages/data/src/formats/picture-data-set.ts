import type { DataSet } from '../data-set.js';
import { imageNetNormalisation } from '../normalisation.js';
import { defaultPixelLimit, type PictureFacts } from '../picture-file.js';
import { pictureFiles } from '../picture-files.js';
import type { Split } from '../split.js';
import { verifyPictures } from '../verify-pictures.js';
import { type Drawable, setApart, shareOf } from './set-apart.js';
import type { PictureSetOptions } from './set-options.js';

/** A picture file of a data set. */
export interface Example extends Drawable {
  readonly file: string;
}

/** The picture files of a data set, listed. */
export interface ListedPictures {
  /** By label; none where there are no labels. */
  readonly classNames: readonly string[];
  readonly train: readonly Example[];
  /** Absent: set apart from `train`. */
  readonly validation?: readonly Example[] | undefined;
  readonly test?: readonly Example[] | undefined;
  readonly ignored: readonly string[];
  /** Where the training pictures lie, for messages. */
  readonly folder: string;
}

type Parts = Partial<Record<'train' | 'validation' | 'test', readonly Example[]>>;

function partsOf(listed: ListedPictures, { seed = 0, validationShare = 0.1 }: PictureSetOptions): Parts {
  const { train, validation, test, classNames, folder } = listed;
  const others = { ...(validation && { validation }), ...(test && { test }) };
  if (validation) return { train, ...others };
  if (validationShare === 0) {
    if (test) return { train, ...others };
    throw new Error(
      `${folder} has neither validation nor test pictures, so some must be set apart: validationShare has to be above 0.`,
    );
  }
  const { rest, apart } = setApart(train, classNames, { count: shareOf(validationShare), seed });
  if (apart.length === 0)
    throw new Error(
      `Every class in ${folder} has one picture only, so none can be set apart for validation. Add more pictures.`,
    );
  return { train: rest, validation: apart, ...others };
}

/**
 * Makes a data set of listed files: sets pictures apart for validation where there are none, and looks at every file.
 *
 * @throws when nothing can be set apart, and one error that lists every picture that can't be read
 */
export async function pictureDataSet(listed: ListedPictures, options: PictureSetOptions): Promise<DataSet> {
  const { verify = true, unreadable, pixelLimit = defaultPixelLimit, keepMebibytes } = options;
  const parts = partsOf(listed, options);
  const empty = Object.entries(parts).filter(([, examples]) => examples.length === 0);
  if (empty.length > 0)
    throw new Error(
      `There are no pictures for ${empty.map(([part]) => part).join(' and ')} in ${listed.folder}.`,
    );
  const everything = Object.values(parts).flat();
  const { facts, problems } = verify
    ? await verifyPictures(
        everything.map(({ file }) => file),
        { pixels: pixelLimit, unreadable: unreadable?.limit ?? 0 },
      )
    : { facts: [], problems: [] };
  const factsOf = new Map<Example, PictureFacts | undefined>(
    facts.map((fact, index) => [everything[index] as Example, fact]),
  );

  const split = (name: string, examples: readonly Example[] = []): Split => {
    const readable = verify ? examples.filter((example) => factsOf.get(example)) : examples;
    const labels = readable.map(({ label }) => label ?? 0);
    return pictureFiles({
      name,
      files: readable.map(({ file }) => file),
      classes: listed.classNames.length > 0 ? Int32Array.from(labels) : undefined,
      facts: readable.map((example) => factsOf.get(example)),
      keepMebibytes,
      pixelLimit,
    });
  };
  const test = parts.test && split('test', parts.test);
  const validation =
    test && !parts.validation ? { ...test, name: 'validation' } : split('validation', parts.validation);
  return {
    classNames: listed.classNames,
    train: split('train', parts.train),
    validation,
    ...(test && { test }),
    normalisation: options.normalisation ?? imageNetNormalisation,
    ignored: [...listed.ignored, ...problems],
  };
}
