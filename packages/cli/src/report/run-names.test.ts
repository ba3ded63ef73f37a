import { expect, it } from 'vitest';
import { runNames } from './run-names.js';

it('names runs by as little of their paths as tells them apart', () => {
  expect(runNames(['runs/first', 'runs/second'])).toEqual(['first', 'second']);
  expect(runNames(['a/seed-1/train', 'b/seed-1/train'])).toEqual(['a/seed-1/train', 'b/seed-1/train']);
  expect(runNames(['runs/first', 'runs/first'])).toEqual(['first', 'first']);
});
