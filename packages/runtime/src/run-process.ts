import { spawn } from 'node:child_process';

/** How a process ended. */
export interface EndedProcess {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
  /** In words, such as `exit status 1`, `killed by SIGILL` or `not found`; empty when `ok`. */
  readonly ending: string;
}

/** Runs a program to its end without a shell; never throws, whatever becomes of it. */
export function runProcess(
  command: string,
  parameters: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly timeout?: number } = {},
): Promise<EndedProcess> {
  return new Promise((resolve) => {
    const child = spawn(command, parameters, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output.stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output.stderr += text;
    });
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve({ ...output, ok: false, ending: error.code === 'ENOENT' ? 'not found' : error.message }),
    );
    child.on('close', (code, signal) => {
      const ending = signal === null ? `exit status ${code}` : `killed by ${signal}`;
      resolve({ ...output, ok: code === 0, ending: code === 0 ? '' : ending });
    });
  });
}
