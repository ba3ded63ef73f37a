import { expect, it } from 'vitest';
import { dropPathRates } from './drop-path-rates.js';

it('rises evenly over all stages, from nothing in the first block to the full rate in the last', () => {
  // torch.linspace(0, 0.2, 12).split((2, 2, 6, 2)) to four places.
  const linspace = [
    [0, 0.0182],
    [0.0364, 0.0545],
    [0.0727, 0.0909, 0.1091, 0.1273, 0.1455, 0.1636],
    [0.1818, 0.2],
  ];
  const rates = dropPathRates(0.2, [2, 2, 6, 2]);
  expect(rates.map((stage) => stage.map((rate) => Number(rate.toFixed(4))))).toEqual(linspace);
});

it('drops nothing in a single block, as linspace of one value does', () => {
  expect(dropPathRates(0.5, [1])).toEqual([[0]]);
});
