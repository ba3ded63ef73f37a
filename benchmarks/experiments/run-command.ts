import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const command = join(dirname(fileURLToPath(import.meta.url)), '../../packages/cli/src/bin.ts');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/**
 * Runs `whereabouts` with these words in a process of its own and gives what it prints.
 *
 * @throws what it said on standard error, when it fails
 */
export function runCommand(words: readonly string[], signal?: AbortSignal): Promise<string> {
  const child = spawn(
    process.execPath,
    ['--conditions=@whereabouts/source', '--import', tsx, command, ...words],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const stop = () => child.kill('SIGINT');
  signal?.addEventListener('abort', stop, { once: true });
  let printed = '';
  let complaints = '';
  child.stdout.on('data', (chunk: Buffer) => {
    printed += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      signal?.removeEventListener('abort', stop);
      if (code === 0) resolve(printed);
      else reject(new Error(`whereabouts ${words.join(' ')} ended with ${code}: ${complaints.trim()}`));
    });
  });
}
