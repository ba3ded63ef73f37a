import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawnNames, setApart, shareOf } from './set-apart.js';

const names = Array.from({ length: 40 }, (_, index) => `${index}.jpg`);

it('takes the share, at least one where there are two, never all', () => {
  const count = (length: number, share: number) =>
    drawnNames('cat', names.slice(0, length), { count: shareOf(share), seed: 0 }).size;
  expect(count(40, 0.1)).toBe(4);
  expect(count(2, 0.1)).toBe(1);
  expect(count(1, 0.5)).toBe(0);
  expect(count(3, 0.99)).toBe(2);
});

it('does not depend on the order of the files', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: 40 }), fc.nat(), (shuffled, seed) => {
      const options = { count: shareOf(0.2), seed };
      expect(drawnNames('cat', shuffled, options)).toEqual(drawnNames('cat', names, options));
    }),
  );
});

it('depends on the seed and the class, and hardly on files that are added', () => {
  const chosen = (className: string, seed: number, list = names) => [
    ...drawnNames(className, list, { count: shareOf(0.2), seed }),
  ];
  expect(chosen('cat', 0)).not.toEqual(chosen('cat', 1));
  expect(chosen('cat', 0)).not.toEqual(chosen('dog', 0));
  const more = chosen('cat', 0, [...names, 'another.jpg']);
  expect(chosen('cat', 0).filter((name) => !more.includes(name)).length).toBeLessThanOrEqual(1);
});

it('sets apart by class, and as one where there are no labels', () => {
  const examples = names.map((name, index) => ({ name, label: index % 4 === 0 ? 0 : 1 }));
  const half = { count: shareOf(0.5), seed: 3 };
  const { rest, apart } = setApart(examples, ['few', 'many'], half);
  expect(apart.filter(({ label }) => label === 0)).toHaveLength(5);
  expect(apart.filter(({ label }) => label === 1)).toHaveLength(15);
  expect(
    [...rest, ...apart].sort((one, other) => Number.parseInt(one.name, 10) - Number.parseInt(other.name, 10)),
  ).toEqual(examples);
  expect(apart.map(({ name }) => Number.parseInt(name, 10))).toEqual(
    apart.map(({ name }) => Number.parseInt(name, 10)).sort((one, other) => one - other),
  );
  const unlabelled = setApart(
    names.map((name) => ({ name })),
    [],
    { count: () => 7, seed: 3 },
  );
  expect([unlabelled.rest.length, unlabelled.apart.length]).toEqual([33, 7]);
});
