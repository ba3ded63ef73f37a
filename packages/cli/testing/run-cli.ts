import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const bin = fileURLToPath(new URL('../src/bin.ts', import.meta.url));

/** How a process of the command ended. */
export interface EndedCommand {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
  readonly errors: string;
}

/** Starts `whereabouts` as a process of its own. */
export function startCli(
  words: readonly string[],
  options: {
    readonly cwd?: string;
    readonly nodeFlags?: readonly string[];
    readonly environment?: Readonly<Record<string, string>>;
    /** What stands on its standard input. */
    readonly input?: string;
  } = {},
): { readonly child: ChildProcess; readonly ended: Promise<EndedCommand> } {
  const { cwd, nodeFlags = [], environment = {}, input = '' } = options;
  const { FORCE_COLOR: _forced, NO_COLOR: _refused, ...inherited } = process.env;
  const child = spawn(
    process.execPath,
    [...nodeFlags, '--import', import.meta.resolve('tsx'), '--conditions=@whereabouts/source', bin, ...words],
    {
      stdio: 'pipe',
      env: { ...inherited, ...environment },
      ...(cwd === undefined ? {} : { cwd }),
    },
  );
  child.stdin.end(input);
  let output = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = new Promise<EndedCommand>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode, signal) => resolve({ exitCode, signal, output, errors }));
  });
  return { child, ended };
}

/** Runs `whereabouts` to its end. */
export function runCli(...parameters: Parameters<typeof startCli>): Promise<EndedCommand> {
  return startCli(...parameters).ended;
}

/** The lines of a `metrics.jsonl` without their times. */
export function metricsOf(path: string): Record<string, unknown>[] {
  return readFileSync(path, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => {
      const { time: _time, ...rest } = JSON.parse(line);
      return rest;
    });
}

/** Waits until a condition holds; fails after a minute. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 60_000;
  while (!condition()) {
    if (Date.now() > end) throw new Error('waited for a minute in vain');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
