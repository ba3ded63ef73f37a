import { conditionalEncoding } from './conditional-encoding.js';
import { learnedEncoding } from './learned-encoding.js';
import { noEncoding } from './no-encoding.js';
import type { PositionEncoding, PositionEncodingOptions } from './position-encoding.js';
import { sineCosineEncoding } from './sine-cosine-encoding.js';

/** The name of a position encoding, as a configuration gives it. */
export type PositionEncodingName = 'learned' | 'sine-cosine' | 'conditional' | 'none';

/** The position encodings by name; all are made of the same options. */
export const positionEncodings: Readonly<
  Record<PositionEncodingName, (options: PositionEncodingOptions) => PositionEncoding>
> = {
  learned: learnedEncoding,
  'sine-cosine': sineCosineEncoding,
  conditional: conditionalEncoding,
  none: noEncoding,
};
