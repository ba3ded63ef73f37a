import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawnNames } from './set-apart.js';

const names = Array.from({ length: 40 }, (_, index) => `${index}.jpg`);

it('takes the share, at least one where there are two, never all', () => {
  const count = (length: number, share: number) =>
    drawnNames('cat', names.slice(0, length), { share, seed: 0 }).size;
  expect(count(40, 0.1)).toBe(4);
  expect(count(2, 0.1)).toBe(1);
  expect(count(1, 0.5)).toBe(0);
  expect(count(3, 0.99)).toBe(2);
});

it('does not depend on the order of the files', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: 40 }), fc.nat(), (shuffled, seed) => {
      const options = { share: 0.2, seed };
      expect(drawnNames('cat', shuffled, options)).toEqual(drawnNames('cat', names, options));
    }),
  );
});

it('depends on the seed and the class, and hardly on files that are added', () => {
  const chosen = (className: string, seed: number, list = names) => [
    ...drawnNames(className, list, { share: 0.2, seed }),
  ];
  expect(chosen('cat', 0)).not.toEqual(chosen('cat', 1));
  expect(chosen('cat', 0)).not.toEqual(chosen('dog', 0));
  const more = chosen('cat', 0, [...names, 'another.jpg']);
  expect(chosen('cat', 0).filter((name) => !more.includes(name)).length).toBeLessThanOrEqual(1);
});
