import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runProcess } from '../run-process.js';
import { pythonTag, type Wheel } from './wheel.js';

/** A pip that answers. */
export interface Pip {
  readonly command: string;
  readonly parameters: readonly string[];
  /** Such as `pip 23.2.1`. */
  readonly version: string;
}

const commands: readonly (readonly [string, ...string[]])[] = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['pip3'],
  ['pip'],
];

/** The pip of this machine, or why there is none. */
export async function findPip(): Promise<Pip | { readonly reason: string }> {
  for (const [command, ...parameters] of commands) {
    const { ok, stdout } = await runProcess(command, [...parameters, '--version'], { timeout: 30_000 });
    if (ok) return { command, parameters, version: stdout.split(' from ')[0]?.trim() ?? 'pip' };
  }
  return { reason: 'there is no Python with pip' };
}

/**
 * Downloads a wheel with pip, which knows this machine's index, proxies and certificates. The Python that pip belongs
 * to may be of any version: the wheel is asked for by its own tags.
 *
 * @returns the file, or why pip could not get it
 */
export async function downloadWithPip(
  pip: Pip,
  wheel: Wheel,
  folder: string,
): Promise<string | { readonly reason: string }> {
  const { ok, stderr, ending } = await runProcess(pip.command, [
    ...pip.parameters,
    ...['download', '--quiet', '--progress-bar', 'off', '--disable-pip-version-check'],
    ...['--no-deps', '--only-binary', ':all:', '--implementation', 'cp', '--abi', pythonTag],
    ...['--python-version', pythonTag.replace(/^cp(\d)/, '$1.'), '--platform', wheel.platformTag],
    ...['--dest', folder, `${wheel.project}==${wheel.version}`],
  ]);
  const file = join(folder, wheel.file);
  if (!ok) return { reason: `${pip.version} could not download it (${lastLine(stderr) ?? ending})` };
  if (!existsSync(file)) return { reason: `${pip.version} downloaded something else than ${wheel.file}` };
  return file;
}

function lastLine(text: string): string | undefined {
  return text
    .trim()
    .split('\n')
    .filter((line) => line.startsWith('ERROR'))
    .at(-1);
}
