import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkpointsFolder } from '../testing/follow.js';

const script = fileURLToPath(new URL('../testing/train-in-a-process.ts', import.meta.url));

/** Trains in a process of its own, and does something with it when it has done a step. */
async function train(
  folder: string,
  options: { pause?: number; at?: number; act?: (kill: (name: NodeJS.Signals) => void) => void } = {},
) {
  const { pause = 0, at, act } = options;
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--conditions=@whereabouts/source', script, folder, `${pause}`],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const before = output;
    output += text;
    const line = `step ${at}\n`;
    if (output.includes(line) && !before.includes(line)) act?.((name) => child.kill(name));
  });
  const exit = await new Promise<{ code: number | null; signal: NodeJS.Signals | null }>(
    (resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, signal) => resolve({ code, signal }));
    },
  );
  return { ...exit, lines: output.trimEnd().split('\n'), errors };
}

const last = (folder: string) => readFile(join(folder, 'last.safetensors'));

describe('a training in a process', () => {
  let whole: Buffer;
  beforeAll(async () => {
    const folder = await checkpointsFolder();
    const { code, lines } = await train(folder);
    expect([code, lines.at(-2), lines.at(-1)]).toEqual([0, 'step 20', 'all steps']);
    whole = await last(folder);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('saves and stops on %s, and goes on as if nothing had been', async (name, exitCode) => {
    const folder = await checkpointsFolder();
    const stopped = await train(folder, { pause: 20, at: 7, act: (kill) => kill(name) });
    expect(stopped).toMatchObject({ code: exitCode, signal: null });
    expect(stopped.errors).toContain('Stopping after this step; press Ctrl-C again to stop at once.\n');
    expect(stopped.lines.at(-1)).toBe('aborted');
    expect(stopped.lines.length).toBeLessThan(20);
    expect((await train(folder)).lines.at(-1)).toBe('all steps');
    expect(await last(folder)).toEqual(whole);
  });

  it('stops at once on a second signal, without a checkpoint of its own', async () => {
    const folder = await checkpointsFolder();
    const { code, lines } = await train(folder, {
      pause: 3000,
      at: 1,
      // Both while the second step waits for its batches.
      act: (kill) => {
        for (const delay of [500, 1000]) setTimeout(() => kill('SIGINT'), delay);
      },
    });
    expect(code).toBe(130);
    expect(lines).toEqual(['step 1']);
    expect(existsSync(join(folder, 'last.safetensors'))).toBe(false);
  });

  it('goes on after it was killed as if nothing had been', async () => {
    const folder = await checkpointsFolder();
    const { signal } = await train(folder, { pause: 20, at: 11, act: (kill) => kill('SIGKILL') });
    expect(signal).toBe('SIGKILL');
    expect((await train(folder)).lines.at(-1)).toBe('all steps');
    expect(await last(folder)).toEqual(whole);
  });
});
