import type { Picture } from './picture.js';
import type { FoundPicture, PictureFile } from './picture-file.js';

/** Pictures that are read one by one, with or without labels. Any object of this shape is one. */
export interface Split {
  /** Examples. */
  readonly length: number;
  /** `[length]` int32: each example's class. Absent where pictures have no labels; then batches have no `classes` either. */
  readonly classes?: Int32Array;
  /** Such as `train`. */
  readonly name: string;
  /** Reads one whole picture. */
  readonly read: (index: number) => Promise<Picture>;
  /** Where an example comes from, for messages: its file. */
  readonly describe: (index: number) => string;
  /**
   * The file that holds an example, for worker threads to decode; undefined while `read` has the picture at hand. Absent
   * where there are no files: then `read` is asked for every picture, on this thread.
   */
  readonly file?: (index: number) => PictureFile | undefined;
  /** Is told what was found in the file of an example, so that nobody has to look again. */
  readonly learn?: (index: number, found: FoundPicture) => void;
}
