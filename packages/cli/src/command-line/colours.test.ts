import { expect, it } from 'vitest';
import { wantsColours } from './colours.js';

it.each([
  [true, {}, true],
  [false, {}, false],
  [true, { NO_COLOR: '1' }, false],
  [true, { NO_COLOR: '' }, true],
  [true, { TERM: 'dumb' }, false],
  [false, { FORCE_COLOR: '1' }, true],
  [true, { FORCE_COLOR: '0' }, false],
  [true, { FORCE_COLOR: 'false' }, false],
  [false, { FORCE_COLOR: '', NO_COLOR: '1' }, true],
])('terminal: %s, environment %j: %s', (isTTY, environment, wanted) => {
  expect(wantsColours({ isTTY }, environment)).toBe(wanted);
});
