import { createRequire } from 'node:module';
import { type CommandDef, defineCommand, renderUsage, runCommand } from 'citty';
import { doctorCommand } from './doctor-command.js';
import { evaluateCommand } from './evaluate-command.js';
import { nativeInstallCommand } from './native-install-command.js';
import { nearestName } from './nearest-name.js';
import { trainCommand } from './train-command.js';
import { isUsageError, usageError } from './usage-error.js';

const nativeCommand = defineCommand({
  meta: { name: 'whereabouts native', description: 'Gets the native engine (TensorFlow) onto this machine.' },
  subCommands: { install: nativeInstallCommand },
});

const rootCommand = defineCommand({
  meta: { name: 'whereabouts', description: 'Trains vision transformers that know where their patches are.' },
  subCommands: {
    train: trainCommand,
    evaluate: evaluateCommand,
    doctor: doctorCommand,
    native: nativeCommand,
  },
});

/** Every command by the words that lead to it. */
const commands: Readonly<Record<string, CommandDef>> = {
  '': rootCommand,
  train: trainCommand,
  evaluate: evaluateCommand,
  doctor: doctorCommand,
  native: nativeCommand,
  'native install': nativeInstallCommand,
};

/**
 * Runs the command that was typed and sets the exit code: 0 done, 1 failed, 2 called wrongly, 130 and 143 stopped by
 * Ctrl-C and SIGTERM. An error is one sentence or two on standard error, with `--debug` also where it happened.
 *
 * @param typed what stands after `whereabouts`
 */
export async function main(typed: readonly string[]): Promise<void> {
  try {
    if (typed.length === 1 && ['--version', '-v'].includes(String(typed[0]))) return console.log(version());
    const path = commandPath(typed);
    const command = commands[path] as CommandDef;
    if (typed.includes('--help') || typed.includes('-h')) return console.log(await renderUsage(command));
    if (command.subCommands !== undefined) {
      console.error(await renderUsage(command));
      process.exitCode = 2;
      return;
    }
    await runCommand(rootCommand, { rawArgs: [...typed] });
  } catch (error) {
    console.error(typed.includes('--debug') ? error : sentence(error));
    process.exitCode = isUsageError(error) ? 2 : 1;
  }
}

function commandPath(typed: readonly string[]): string {
  let path = '';
  for (const word of typed) {
    const below = Object.keys(commands).filter((name) => name !== '' && isBelow(name, path));
    if (below.length === 0 || ['--help', '-h'].includes(word)) return path;
    const next = path === '' ? word : `${path} ${word}`;
    if (!below.includes(next)) throw unknownCommand(next, below);
    path = next;
  }
  return path;
}

function isBelow(name: string, path: string): boolean {
  const words = name.split(' ');
  return (
    words.length === (path === '' ? 1 : path.split(' ').length + 1) &&
    (path === '' || name.startsWith(`${path} `))
  );
}

function unknownCommand(typed: string, known: readonly string[]): Error {
  const nearest = nearestName(typed, known);
  const remedy = nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
  return usageError(`There is no command "${typed}". ${remedy}`);
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const unexpected = error.name !== 'Error' && !isUsageError(error);
  return unexpected
    ? `${error.name}: ${error.message}\nThis was not expected; --debug shows where it happened.`
    : error.message;
}

function version(): string {
  const manifest: { version: string } = createRequire(import.meta.url)('../package.json');
  return manifest.version;
}
