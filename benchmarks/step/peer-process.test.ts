import { describe, expect, it } from 'vitest';
import { startPeer } from './peer-process.js';

const start = (program: string) => startPeer([process.execPath, '-e', program]);

const obedient = `
  const say = (message) => console.log(JSON.stringify(message));
  console.log('a library says hello');
  say({ ready: { engine: 'mine', firstStep: 5, loss: 2 } });
  const lines = require('node:readline').createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const { steps } = JSON.parse(line);
    if (steps > 9) process.exit(3);
    say({ steps: { milliseconds: Array(steps).fill(7), losses: Array(steps).fill(1) } });
  });
  lines.on('close', () => say({ end: { peakMemory: 42 } }));
`;

describe('a contender in a process of its own', () => {
  it('works when asked, and tells its memory at the end', async () => {
    const peer = await start(obedient);
    expect(peer).toMatchObject({ engine: 'mine', firstStep: 5, loss: 2 });
    expect(await peer.run(2)).toEqual({ milliseconds: [7, 7], losses: [1, 1] });
    expect(await peer.run(1)).toEqual({ milliseconds: [7], losses: [1] });
    expect(await peer.stop()).toBe(42);
  });

  it('that ends unasked is an error with its last word', async () => {
    const peer = await start(obedient);
    await expect(peer.run(10)).rejects.toThrow('it ended with exit status 3');
    await expect(start('console.error("out of memory"); process.exit(1)')).rejects.toThrow(
      'it ended with exit status 1: out of memory',
    );
  });

  it('that is missing says so', async () => {
    await expect(start('console.log(JSON.stringify({ unavailable: "no engine" }))')).rejects.toThrow(
      'no engine',
    );
    await expect(startPeer(['no-such-program'])).rejects.toThrow('there is no program no-such-program');
  });
});
