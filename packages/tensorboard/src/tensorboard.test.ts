import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32c } from './crc32c.js';
import { eventWriter } from './event-writer.js';
import { histogramOf } from './histogram-of.js';
import { readEvents } from './read-events.js';

const folder = () => mkdtempSync(join(tmpdir(), 'whereabouts-events-'));

describe('crc32c', () => {
  it.each([
    ['zeros', new Uint8Array(32), 0x8a9136aa],
    ['ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['numbers', Uint8Array.from({ length: 32 }, (_, index) => index), 0x46dd794e],
  ])('has the sum of RFC 3720 for %s', (_name, bytes, sum) => {
    expect(crc32c(bytes)).toBe(sum);
  });
});

describe('eventWriter', () => {
  it('writes what readEvents reads', () => {
    const writer = eventWriter(folder());
    const png = Uint8Array.of(137, 80, 78, 71);
    writer.scalars(3, { 'training/loss': 0.5, 'training/learningRate': 0.25 });
    writer.histogram(4, 'weights', [-1, 0, 0, 2]);
    writer.image(2 ** 33, 'painted/1', { height: 2, width: 6, png });
    writer.close();
    const [version, ...events] = readEvents(readFileSync(writer.path));
    expect(version).toMatchObject({ fileVersion: 'brain.Event:2', values: [] });
    expect(events.map(({ step }) => step)).toEqual([3, 4, 2 ** 33]);
    expect(Math.abs((events[0]?.wallTime ?? 0) - Date.now() / 1000)).toBeLessThan(60);
    expect(events.map(({ values }) => values)).toEqual([
      [
        { tag: 'training/loss', scalar: 0.5 },
        { tag: 'training/learningRate', scalar: 0.25 },
      ],
      [{ tag: 'weights', histogram: histogramOf([-1, 0, 0, 2]) }],
      [{ tag: 'painted/1', image: { height: 2, width: 6, png } }],
    ]);
  });

  it('leaves the files of others alone', () => {
    const shared = folder();
    const [first, second] = [eventWriter(shared), eventWriter(shared)];
    expect(first.path).not.toBe(second.path);
    for (const writer of [first, second]) writer.close();
  });
});

describe('readEvents', () => {
  const written = (() => {
    const writer = eventWriter(folder());
    writer.scalars(1, { loss: 2 });
    writer.close();
    return readFileSync(writer.path);
  })();

  it('leaves out a last record that was cut off', () => {
    for (let length = written.length - 1; length > written.length - 20; length -= 1)
      expect(readEvents(written.subarray(0, length))).toHaveLength(1);
  });

  it('refuses a damaged record and says where it is', () => {
    const damaged = Uint8Array.from(written);
    damaged[damaged.length - 6] = (damaged.at(-6) ?? 0) ^ 1;
    expect(() => readEvents(damaged)).toThrow(
      /^The record at byte \d+ is damaged: its checksum doesn't fit\./,
    );
  });
});

describe('histogramOf', () => {
  it('puts every number into the bucket that holds it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 })), (values) => {
        const { limits, counts, count } = histogramOf(values);
        expect(count).toBe(values.length);
        for (const [bucket, limit] of limits.entries()) {
          const below = limits[bucket - 1] ?? Number.NEGATIVE_INFINITY;
          expect(limit).toBeGreaterThan(below);
          const slack = 1e-9 * Math.abs(limit); // where a logarithm is rounded
          const held = values.filter((value) => value > below + slack && value < limit - slack);
          expect(counts[bucket]).toBeGreaterThanOrEqual(held.length);
        }
        expect(counts.reduce((all, one) => all + one, 0)).toBe(values.length);
      }),
    );
  });

  it('passes over what is not finite', () => {
    expect(histogramOf([Number.NaN, 1, Number.POSITIVE_INFINITY])).toMatchObject({
      count: 1,
      min: 1,
      max: 1,
    });
    expect(histogramOf([])).toMatchObject({ count: 0, limits: [], counts: [] });
  });
});
