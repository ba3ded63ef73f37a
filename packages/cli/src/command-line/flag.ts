/** A flag of a command, as data: reading, help and the README's table all come from it. */
export interface Flag<Value = unknown> {
  /** Its name without dashes; as in timm's `train.py` where that has one. */
  readonly flag: string;
  /** Other names that mean the same. */
  readonly aliases?: readonly string[];
  /**
   * How the text after the flag is read; a `switch` needs none. `numbers` and `words` are separated by commas; a `schedule` is
   * a number, or names and values such as `from=1,to=0`; a `list` may be given often, and takes one text each time.
   */
  readonly type: 'text' | 'number' | 'numbers' | 'words' | 'schedule' | 'switch' | 'list' | 'json';
  /** What the value is and does, as a part of a sentence. */
  readonly description: string;
  /** What values there are, as the end of the sentence "expected ...". */
  readonly expected: string;
  readonly unit?: string;
  readonly default?: Value;
  /** In words: where the value comes from unless given, when that is not one value. */
  readonly otherwise?: string;
}

/**
 * The default of a flag as people read it.
 *
 * @example
 * ```ts
 * import { defaultText, settings } from 'whereabouts';
 *
 * defaultText(settings.labels.absolute); // => "0.5"
 * ```
 */
export function defaultText(flag: Flag): string {
  return flag.otherwise ?? (flag.default === undefined ? '' : String([flag.default].flat().map(short)));
}

const short = (value: unknown) =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(6)) : value;
