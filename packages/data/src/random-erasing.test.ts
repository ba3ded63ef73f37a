import { describe, expect, it } from 'vitest';
import { countIn, expectSameDistribution, ofTimm } from '../testing/timm-statistics.js';
import { drawErasures, type Erasure, erase } from './random-erasing.js';

const size = { width: 80, height: 60 };
const images = 30_000;
const drawn = (options: Parameters<typeof drawErasures>[0], count = images) =>
  Array.from({ length: count }, (_, index) => drawErasures(options, size, [3, index]));

/** The share of the image that lies in at least one of the boxes. */
function covered(erasures: readonly Erasure[]): number {
  const mask = new Uint8Array(size.width * size.height);
  for (const { box } of erasures)
    for (let row = box.top; row < box.top + box.height; row += 1)
      mask.fill(1, row * size.width + box.left, row * size.width + box.left + box.width);
  return mask.reduce((sum, one) => sum + one, 0) / mask.length;
}

describe('drawErasures draws as timm does', () => {
  it('one box: as often, as large, as high, in the same places', () => {
    const all = drawn({ probability: 0.4 });
    const boxes = all.flat().map(({ box }) => box);
    expectSameDistribution([images - boxes.length, boxes.length], ofTimm('one erased').counts);
    const compare = (name: string, values: readonly number[]) =>
      expectSameDistribution(countIn(ofTimm(name), values), ofTimm(name).counts);
    compare(
      'one area',
      boxes.map(({ width, height }) => (width * height) / (size.width * size.height)),
    );
    compare(
      'one aspect',
      boxes.map(({ width, height }) => Math.log(height / width)),
    );
    compare(
      'one left',
      boxes.map(({ left }) => left),
    );
    compare(
      'one top',
      boxes.map(({ top }) => top),
    );
  });

  it('up to three boxes, which share the area', () => {
    const all = drawn({ probability: 0.4, count: 3 });
    const some = all.filter((erasures) => erasures.length > 0);
    expectSameDistribution([images - some.length, some.length], ofTimm('three erased').counts);
    expectSameDistribution(countIn(ofTimm('three area'), some.map(covered)), ofTimm('three area').counts);
  });
});

describe('erase', () => {
  const box = { left: 2, top: 1, width: 3, height: 4 };
  const erased = (erasures: readonly Erasure[]) => {
    const image = new Float32Array(8 * 6 * 3).fill(7);
    erase(image, 8, erasures);
    return image;
  };
  const inside = (index: number) => {
    const [row, column] = [Math.floor(index / 24), Math.floor((index % 24) / 3)];
    return column >= 2 && column < 5 && row >= 1 && row < 5;
  };

  it('overwrites the box and nothing else', () => {
    const image = erased([{ box, colour: [1, 2, 3] }]);
    expect(Array.from(image)).toEqual(Array.from(image, (_, index) => (inside(index) ? 1 + (index % 3) : 7)));
    const noisy = erased([{ box, colour: [0, 0, 0], noise: [1, 'noise'] }]);
    expect(Array.from(noisy, (value) => value !== 7)).toEqual(Array.from(noisy, (_, index) => inside(index)));
  });

  it('fills in what the mode says', () => {
    const of = (mode: 'pixel' | 'rand' | 'const') =>
      drawErasures({ probability: 1, mode, count: 2 }, { width: 40, height: 40 }, [5, 'a']);
    expect(of('const').map(({ colour, noise }) => [colour, noise])).toEqual([
      [[0, 0, 0], undefined],
      [[0, 0, 0], undefined],
    ]);
    const colours = of('rand').flatMap(({ colour }) => colour);
    expect(new Set(colours).size).toBe(6);
    const paths = of('pixel').map(({ noise }) => JSON.stringify(noise));
    expect(new Set(paths).size).toBe(2);
  });

  it('fills in standard normal noise', () => {
    const image = new Float32Array(100 * 100 * 3);
    const everything = { left: 0, top: 0, width: 100, height: 100 };
    erase(image, 100, [{ box: everything, colour: [0, 0, 0], noise: [0] }]);
    const mean = image.reduce((sum, value) => sum + value, 0) / image.length;
    const square = image.reduce((sum, value) => sum + value ** 2, 0) / image.length;
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(image.length)); // five deviations
    expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / image.length));
  });

  it('leaves out a box that finds no place', () => {
    const none = drawErasures({ probability: 1, area: [1, 1], aspect: [1, 1] }, size, [0]);
    expect(none).toEqual([]);
  });
});
