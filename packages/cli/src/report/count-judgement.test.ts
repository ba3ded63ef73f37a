import { describe, expect, it } from 'vitest';
import { countAnswers } from './count-answers.js';
import { countPlaces } from './count-places.js';

describe('countAnswers', () => {
  it('counts which class was taken for which, and hands over what is wrong', () => {
    const count = countAnswers(2);
    expect(count.add([0.9, 0.1, 0.2, 0.8], [0, 0])).toEqual([
      { picture: 1, truth: 0, answer: 1, probability: 0.8 },
    ]);
    expect(count.add([0.95, 0.05], [1])).toHaveLength(1);
    expect(count.confusion()).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });
});

describe('countPlaces', () => {
  const grid = { rows: 2, columns: 3 };

  it('counts by cell and by distance', () => {
    const count = countPlaces(grid);
    count.add([0, 5, 1, 0], [0, 5, 5, 2]);
    const { cells, distances } = count.places();
    expect(cells[0]).toEqual({ tokens: 2, right: 1, row: 0, column: 1 });
    expect(cells[1]).toEqual({ tokens: 1, right: 0, row: 1, column: 2 });
    expect(cells[4]).toEqual({ tokens: 0, right: 0, row: 0, column: 0 });
    expect(distances).toEqual([2, 1, 1]); // from 1 to 5 it is √2, from 0 to 2 it is 2
  });

  it('knows how far off guesses are', () => {
    const { guesses } = countPlaces(grid).places();
    expect(guesses[0]).toBeCloseTo(1 / 6, 12);
    expect(guesses.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });
});
