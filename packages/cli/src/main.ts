import { createRequire } from 'node:module';
import { wantsColours } from './command-line/colours.js';
import type { ListedCommand } from './command-line/command.js';
import { commandHelp, type HelpStyle, overview } from './command-line/help-text.js';
import { nearestName } from './command-line/nearest-name.js';
import { readFlags } from './command-line/read-flags.js';
import { isUsageError, usageError } from './command-line/usage-error.js';
import { commands } from './commands/commands.js';

/**
 * Runs the command that was typed and sets the exit code: 0 done, 1 failed, 2 called wrongly, 130 and 143 stopped by
 * Ctrl-C and SIGTERM. An error is one sentence or two on standard error, with `--debug` also where it happened.
 *
 * @param typed what stands after `whereabouts`
 */
export async function main(typed: readonly string[]): Promise<void> {
  try {
    await run(typed);
  } catch (error) {
    console.error(typed.includes('--debug') ? error : sentence(error));
    process.exitCode = isUsageError(error) ? 2 : 1;
  }
}

async function run(typed: readonly string[]): Promise<void> {
  const [first] = typed;
  if (typed.length === 1 && ['--version', '-v'].includes(String(first))) return console.log(version());
  const isHelp = typed.some((word) => ['--help', '-h'].includes(word));
  const listed = findCommand(typed);
  if (listed !== undefined) {
    const command = await listed.load();
    if (isHelp) return console.log(commandHelp(listed, command, styleFor(process.stdout)));
    const flags = Object.values(command.flags).flat();
    const words = Object.keys(command.words);
    return command.run(readFlags(typed.slice(listed.name.split(' ').length), flags, { words }));
  }
  const below = commands.filter(({ name }) => name.startsWith(`${first} `));
  const isPart = below.length > 0 && (typed.length === 1 || isHelp);
  if (first !== undefined && !isPart && !(isHelp && first.startsWith('-')))
    throw unknownCommand(typed, below);
  const shown = isPart ? below : commands;
  const stream = isHelp ? process.stdout : process.stderr;
  const title = 'Trains vision transformers that know where their patches are.';
  stream.write(`${overview(title, 'whereabouts', shown, styleFor(stream))}\n`);
  if (!isHelp) process.exitCode = 2;
}

function findCommand(typed: readonly string[]): ListedCommand | undefined {
  return commands.find(({ name }) => {
    const words = name.split(' ');
    return words.every((word, index) => typed[index] === word);
  });
}

function unknownCommand(typed: readonly string[], below: readonly ListedCommand[]): Error {
  const words = typed.slice(0, below.length === 0 ? 1 : 2).join(' ');
  const known = (below.length === 0 ? commands : below).map(({ name }) => name);
  const nearest = nearestName(words, known);
  const remedy = nearest === undefined ? `There are: ${known.join(', ')}.` : `Did you mean "${nearest}"?`;
  return usageError(`There is no command "${words}". ${remedy}`);
}

function styleFor(stream: NodeJS.WriteStream): HelpStyle {
  const colours = wantsColours(stream, process.env);
  return {
    width: Math.min(stream.columns ?? 120, 140),
    emphasise: (text) => (colours ? `\u001b[1m${text}\u001b[22m` : text),
  };
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
