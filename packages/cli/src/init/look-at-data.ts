import { type DataSet, fashionMnist, openDataSet } from '@whereabouts/data';
import { builtInData } from '../settings/data-settings.js';

/** What a folder of pictures holds, as far as settings depend on it. */
export interface DataFacts {
  /** By class number. */
  readonly classes: readonly string[];
  /** Training pictures. */
  readonly pictures: number;
  /** The shorter side of the middle one of some training pictures, in pixels. */
  readonly side: number;
}

const most = 64;

/**
 * Looks at some of the pictures that a path stands for.
 *
 * @param data a folder of pictures, or the name of the built-in set
 * @throws when there is no such folder, or it holds no pictures in classes
 */
export async function lookAtData(data: string): Promise<DataFacts> {
  const { train, classNames }: DataSet =
    data === builtInData ? await fashionMnist() : (await openDataSet(data)).dataSet;
  const every = Math.max(1, Math.floor(train.length / most));
  const sides: number[] = [];
  for (let index = 0; index < train.length && sides.length < most; index += every) {
    const picture = await train.read(index).catch(() => undefined); // `train` tells of what can't be read
    if (picture !== undefined) sides.push(Math.min(picture.width, picture.height));
  }
  sides.sort((one, other) => one - other);
  const side = sides[Math.floor(sides.length / 2)];
  if (side === undefined) throw new Error(`None of ${most} pictures in ${data} could be read.`);
  return { classes: classNames, pictures: train.length, side };
}
