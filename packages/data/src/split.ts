import type { Picture, Size } from './picture.js';
import type { View } from './view.js';

/** Labelled pictures that are read one by one. Any object of this shape is one. */
export interface Split {
  /** Examples. */
  readonly length: number;
  /** `[length]` int32: each example's class. */
  readonly classes: Int32Array;
  /** Such as `train`. */
  readonly name: string;
  /** Reads one whole picture. */
  readonly read: (index: number) => Promise<Picture>;
  /** Where an example comes from, for messages: its file. */
  readonly describe: (index: number) => string;
  /** Reads one view of a picture, where that is cheaper than to read the whole one; `choose` gets the whole one's size. */
  readonly readView?: (index: number, choose: (size: Size) => View) => Promise<Picture>;
}
