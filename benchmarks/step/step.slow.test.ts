import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const run = promisify(execFile);
const program = fileURLToPath(new URL('./step.ts', import.meta.url));

function benchmark(...words: readonly string[]) {
  const node = ['--import', import.meta.resolve('tsx'), '--conditions=@whereabouts/source', program];
  const tiny = ['--backend', 'cpu', '--depth', '1', '--channels', '12', '--batch', '2', '--rounds', '2'];
  return run(process.execPath, [...node, ...tiny, '--python', 'no-such-python', ...words]);
}

describe('the benchmark of a step', () => {
  it('measures who is there, and says who is missing', async () => {
    const { stdout } = await benchmark('--steps', '2', '--labels', 'none,both', '--json');
    const { machine, runs } = JSON.parse(stdout);
    expect(machine).toMatchObject({ node: process.version, cores: expect.any(Number) });
    expect(runs).toHaveLength(1);
    const [{ setting, measured, skipped, ratios }] = runs;
    expect(setting).toMatchObject({ backend: 'cpu', batch: 2, model: { channels: 12, depth: 1 } });

    type Row = Record<string, unknown> & { losses: number[]; milliseconds: number[] };
    const names = measured.map(({ peer, labels }: Row) => `${peer} ${labels}`);
    expect(names).toEqual(['plain none', 'ours-eager none', 'ours-eager both']);
    for (const row of measured as Row[]) {
      expect(row).toMatchObject({ engine: 'cpu on CPU', firstStep: expect.any(Number) });
      expect(row.milliseconds).toHaveLength(4);
      expect(row.minimum).toBe(Math.min(...row.milliseconds));
      expect(row.imagesPerSecond).toBeCloseTo(2000 / Number(row.median), 6);
      expect(row.peakMemory).toBeGreaterThan(5e7); // Node alone is larger
      expect(row.losses).toHaveLength(6); // with the first step and the one that warms up
    }
    const [plain, ours] = measured as [Row, Row];
    for (const [step, loss] of plain.losses.entries())
      expect(Math.abs(loss - (ours.losses[step] ?? Number.NaN))).toBeLessThan(1e-5);

    expect(skipped).toContainEqual({
      peer: 'pytorch-float32',
      labels: 'none',
      reason: 'there is no program no-such-python',
    });
    expect(skipped).toContainEqual({ peer: 'plain', labels: 'both', reason: 'written without these labels' });
    expect(skipped).toContainEqual({
      peer: 'ours-bf16',
      labels: 'none',
      reason: 'runs on native, not on cpu',
    });
    expect(ratios.map(({ name }: { name: string }) => name)).toEqual([
      'time, ours, eager + both : without labels',
    ]);
  });

  it('prints a table', async () => {
    const { stdout } = await benchmark('--steps', '1', '--peers', 'plain,ours-eager,pytorch-bf16');
    expect(stdout).toContain('ViT 32 x 32 px, patch 4, 12 channels, depth 1, batch 2');
    expect(stdout).toMatch(/^TensorFlow\.js, plain( +[\d.]+){7} +cpu on CPU$/m);
    expect(stdout).toMatch(/^ours, eager( +[\d.]+){7} +cpu on CPU$/m);
    expect(stdout).toContain('skipped: PyTorch, bf16 autocast (there is no program no-such-python)');
  });

  it('refuses what it does not know, in a sentence', async () => {
    await expect(benchmark('--peers', 'jax')).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('--peers jax: expected plain, ours-eager,'),
    });
    await expect(benchmark('--batch', '0')).rejects.toMatchObject({
      stderr: '--batch 0: expected a whole number from 1 up.\n',
    });
  });
});
