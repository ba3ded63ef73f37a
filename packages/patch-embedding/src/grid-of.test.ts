import { describe, expect, it } from 'vitest';
import { gridOf, sidesOf } from './grid-of.js';

describe('gridOf', () => {
  it('counts rows down and columns across', () => {
    expect(gridOf({ height: 12, width: 20 }, 4)).toEqual({ rows: 3, columns: 5 });
    expect(gridOf(224, 16)).toEqual({ rows: 14, columns: 14 });
  });

  it('names the side that the patch does not divide, and a size that would do', () => {
    expect(() => gridOf({ height: 30, width: 32 }, 4)).toThrow(
      "An image of 30 x 32 px (height x width) can't be cut into patches of 4 px: the height 30 is not a multiple of 4. " +
        'Choose a size that the patch divides, such as 32 x 32 px, or another patch size.',
    );
    expect(() => gridOf(225, 16)).toThrow('the height 225 and the width 225 is not a multiple of 16');
    expect(() => gridOf(3, 16)).toThrow('such as 16 x 16 px');
  });

  it('refuses what is no number of pixels', () => {
    expect(() => gridOf(0, 4)).toThrow('The height is 0, but must be a whole number of pixels above 0.');
    expect(() => gridOf({ height: 8, width: 8.5 }, 4)).toThrow('The width is 8.5');
    expect(() => gridOf(8, 0)).toThrow('The patch size is 0');
  });
});

describe('sidesOf', () => {
  it('takes one number as a square', () => {
    expect(sidesOf(8)).toEqual({ height: 8, width: 8 });
    expect(sidesOf({ height: 8, width: 12 })).toEqual({ height: 8, width: 12 });
  });
});
