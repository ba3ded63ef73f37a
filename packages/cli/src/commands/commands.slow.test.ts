import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { hideNative } from '../../testing/hide-native.js';
import { listLoaded } from '../../testing/list-loaded.js';
import { runCli } from '../../testing/run-cli.js';
import { commands } from './commands.js';

describe('whereabouts', () => {
  it('shows its commands, and what a command takes', async () => {
    const help = await runCli(['--help']);
    expect(help).toMatchObject({ exitCode: 0, errors: '' });
    expect(help.output).toContain('Usage  whereabouts COMMAND [FLAGS]');
    for (const { name } of commands) expect(help.output).toMatch(new RegExp(`\\n {2}${name} +[A-Z]`));
    const train = await runCli(['train', '--help']);
    expect(train).toMatchObject({ exitCode: 0, errors: '' });
    expect(train.output).toMatch(
      /\n {2}--lr NUMBER +highest learning rate, taken as given: [^-]+\(per step;\s+default:\s+0\.0005, or by --lr-base\)\n/,
    );
    expect((await runCli(['native', 'install', '--help'])).output).toContain('--if-possible');
    expect(train.output).not.toContain('\u001b');
  });

  it('loads no engine and no decoder to show them', async () => {
    const help = await runCli(['--help'], { nodeFlags: listLoaded });
    const loaded: string[] = JSON.parse(help.errors.split('\n').at(-1) ?? '');
    expect(loaded).not.toEqual([]); // the spelling distance at least: so the list works
    expect(loaded.filter((name) => /tensorflow|sharp|zod/.test(name))).toEqual([]);
  });

  it.each([
    [{}, false],
    [{ FORCE_COLOR: '1' }, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    [{ FORCE_COLOR: '0' }, false],
    [{ NO_COLOR: '1' }, false],
  ])('colours its help where it does not write to a terminal with %j: %s', async (environment, coloured) => {
    const { output } = await runCli(['--help'], { environment });
    expect(output.includes('\u001b[1m')).toBe(coloured);
  });

  it('called with nothing, or with half a command, shows what there is and exits with 2', async () => {
    for (const words of [[], ['native']]) {
      const ended = await runCli(words);
      expect(ended).toMatchObject({ exitCode: 2, output: '' });
      expect(ended.errors).toContain('Commands');
    }
  });

  it('tells its version', async () => {
    const { version } = createRequire(import.meta.url)('../../package.json');
    expect(await runCli(['--version'])).toMatchObject({ exitCode: 0, output: `${version}\n` });
  });
});

describe('whereabouts doctor', () => {
  it('says what works, and of the rest why not and what to do', async () => {
    const ended = await runCli(['doctor'], { nodeFlags: hideNative });
    expect(ended).toMatchObject({ exitCode: 0, errors: '' });
    expect(ended.output).toContain(`Node ${process.version} on `);
    expect(ended.output).toMatch(
      /\ndoes not {2}native\n {10}why: @tensorflow\/tfjs-node-gpu is not installed\n {10}what to do: /,
    );
    expect(ended.output).toMatch(/\nworks {5}cpu: cpu 4\.22\.0, CPU, 1 thread\n/);
  });

  it('prints JSON for programs', async () => {
    const { output } = await runCli(['doctor', '--json'], { nodeFlags: hideNative });
    const { machine, backends } = JSON.parse(output);
    expect(machine.node).toBe(process.version);
    expect(backends.map(({ backend }: { backend: string }) => backend)).toContain('wasm');
  });
});

describe('whereabouts native install', () => {
  it('on a machine that cannot have the engine fails, but not with --if-possible', async () => {
    const failed = await runCli(['native', 'install'], { nodeFlags: hideNative });
    expect(failed).toMatchObject({ exitCode: 1 });
    expect(failed.errors).toContain(
      'This machine cannot have the native engine: the package @tensorflow/tfjs-node-gpu',
    );
    const allowed = await runCli(['native', 'install', '--if-possible'], { nodeFlags: hideNative });
    expect(allowed).toMatchObject({ exitCode: 0, errors: '' });
    expect(allowed.output).toContain(
      'This machine cannot have the native engine: the package @tensorflow/tfjs-node-gpu',
    );
  });
});
