import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { rasterPlace } from './raster.js';
import { relativeLabels } from './relative-labels.js';

it('splits every index of wide, narrow and large rasters exactly', () => {
  for (const columns of [1, 2, 3, 5, 7, 13, 14, 27, 49, 111, 1000]) {
    const indices = Array.from({ length: 20_000 }, (_, index) => index);
    const { rows, columns: across } = rasterPlace(tf.tensor1d(indices, 'int32'), columns);
    expect(Array.from(rows.dataSync())).toEqual(indices.map((index) => Math.floor(index / columns)));
    expect(Array.from(across.dataSync())).toEqual(indices.map((index) => index % columns));
  }
});

it('labels every pair of a 14 x 14 grid in int32', () => {
  const side = 14;
  const count = side * side;
  const positions = tf.tensor2d(
    Array.from({ length: count }, (_, position) => position),
    [1, count],
    'int32',
  );
  const labels = relativeLabels(positions, { rows: side, columns: side });
  expect(labels.dtype).toBe('int32');
  const expected = Array.from({ length: count * count }, (_, pair) => {
    const [query, key] = [Math.floor(pair / count), pair % count];
    const down = Math.floor(query / side) - Math.floor(key / side) + side - 1;
    return down * (2 * side - 1) + ((query % side) - (key % side)) + side - 1;
  });
  expect(Array.from(labels.dataSync())).toEqual(expected);
});
