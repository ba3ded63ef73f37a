import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder, writePictures } from '../../testing/pictures.js';
import { runCli } from '../../testing/run-cli.js';

let cwd = '';
const whereabouts = (...words: readonly string[]) => runCli(words, { cwd });

const train = (name: string, encoding: string) =>
  whereabouts(
    ...['train', '--data', 'pictures', '--img-size', '16', '--patch-size', '4', '--batch-size', '4'],
    ...['--model', 'vit', '--channels', '32', '--depth', '1', '--heads', '2', '--epochs', '2'],
    ...['--position-encoding', encoding, '--backend', 'wasm', '--experiment', name],
  );

beforeAll(async () => {
  cwd = await temporaryFolder();
  await writePictures(join(cwd, 'pictures'), ['blue', 'green', 'red'], 10);
  for (const encoding of ['learned', 'sine-cosine', 'none'])
    expect(await train(encoding, encoding)).toMatchObject({ exitCode: 0, errors: '' });
}, 300_000);

describe('whereabouts audit', () => {
  it('finds the learned encoding of a trained ViT', async () => {
    const { exitCode, output, errors } = await whereabouts('audit', 'learned');
    expect({ exitCode, errors }).toEqual({ exitCode: 0, errors: '' });
    const lines = output.trimEnd().split('\n');
    expect(lines[0]).toMatch(/checkpoints.best\.safetensors, written after step \d+:$/);
    expect(lines[1]).toBe(
      '4 x 4 tokens, so a guess reaches 6.3 %; the backbone says its encoding is absolute',
    );
    expect(lines[4]).toMatch(/^as it is +(99|100)\.\d % \([\d.]+ to [\d.]+\)/);
    expect(lines[5]).toMatch(/^without positionEncoding +6\.3 % \([\d.]+ to [\d.]+\)/);
    expect(output).toContain('positionEncoding gives position away: without it, accuracy on constant images');
  });

  it('finds the sine-cosine table, which has no variables', async () => {
    const { exitCode, output } = await whereabouts('audit', 'sine-cosine', '--json', '--images', '32');
    expect(exitCode).toBe(0);
    const { step, asItIs, without, findings } = JSON.parse(output);
    expect(step).toBeGreaterThan(0);
    expect(asItIs.constant.accuracy).toBe(1);
    expect(without['the sine-cosine table'].constant.accuracy).toBe(1 / 16);
    expect(findings[0]).toMatch(/^the sine-cosine table gives position away/);
  });

  it('finds nothing where there is no encoding', async () => {
    const { output } = await whereabouts('audit', 'none', '--images', '32');
    expect(output.trimEnd().split('\n').at(-1)).toMatch(/^Nothing gives position away that a linear probe/);
  });

  it('says which stage there is, and which run', async () => {
    expect(await whereabouts('audit', 'none', '--stage', '2')).toMatchObject({
      exitCode: 1,
      errors: 'The audit needs stage 2, but the backbone hands over one stage, number 0.\n',
    });
    expect((await whereabouts('audit', 'nowhere')).errors).toContain('nowhere');
  });
});
