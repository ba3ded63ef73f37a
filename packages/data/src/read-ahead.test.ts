import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { readAhead } from './read-ahead.js';

describe('readAhead', () => {
  it('hands over in order, whatever comes first, with `ahead` under way while the consumer is busy', async () => {
    let started = 0;
    const seen: number[] = [];
    const under: number[] = [];
    const load = async (index: number) => {
      started += 1;
      await setTimeout(index % 3 === 0 ? 8 : 1);
      return index;
    };
    for await (const index of readAhead({ first: 2, end: 9, ahead: 3 }, load)) {
      seen.push(index);
      under.push(started - seen.length);
    }
    expect(seen).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(under).toEqual([3, 3, 3, 3, 2, 1, 0]);
  });

  it('starts nothing before it is asked, and ends at once where there is nothing', async () => {
    let started = 0;
    const load = async (index: number) => {
      started += 1;
      return index;
    };
    const values = readAhead({ first: 0, end: 5, ahead: 2 }, load);
    await setTimeout(2);
    expect(started).toBe(0);
    await values.return();
    for await (const index of readAhead({ first: 4, end: 4, ahead: 2 }, load)) expect(index).toBeUndefined();
    expect(started).toBe(0);
  });

  it('lets the event loop turn between values that were all at hand', async () => {
    let turns = 0;
    const timer = setInterval(() => {
      turns += 1;
    });
    for await (const index of readAhead({ first: 0, end: 40, ahead: 3 }, async (value) => value)) {
      const until = performance.now() + 2; // a step that blocks
      while (performance.now() < until);
      expect(index).toBeLessThan(40);
    }
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  it('reports an error in its turn, after the values before it', async () => {
    const seen: number[] = [];
    const load = async (index: number) => {
      if (index >= 2) throw new Error(`no ${index}`);
      await setTimeout(5); // later than the error
      return index;
    };
    const consume = async () => {
      for await (const index of readAhead({ first: 0, end: 6, ahead: 4 }, load)) seen.push(index);
    };
    await expect(consume()).rejects.toThrow('no 2');
    expect(seen).toEqual([0, 1]);
  });

  it('waits for what is under way when the consumer stops, and drops its errors', async () => {
    const unhandled: unknown[] = [];
    const onUnhandled = (reason: unknown) => unhandled.push(reason);
    process.on('unhandledRejection', onUnhandled);
    let running = 0;
    const load = async (index: number) => {
      running += 1;
      await setTimeout(5);
      running -= 1;
      if (index > 0) throw new Error(`no ${index}`);
      return index;
    };
    for await (const index of readAhead({ first: 0, end: 6, ahead: 3 }, load)) {
      expect(index).toBe(0);
      break;
    }
    expect(running).toBe(0);
    const stopped = async () => {
      for await (const _ of readAhead({ first: 0, end: 6, ahead: 3 }, load))
        throw new Error('the step failed');
    };
    await expect(stopped()).rejects.toThrow('the step failed');
    expect(running).toBe(0);
    await setTimeout(5);
    process.off('unhandledRejection', onUnhandled);
    expect(unhandled).toEqual([]);
  });
});
