import type { WriteStream } from 'node:tty';
import type { Display } from './display.js';
import { jsonLines } from './json-lines.js';
import { plainLines } from './plain-lines.js';
import { progressBar } from './progress-bar.js';

/**
 * Shows a training on an output stream: a live bar where it is a terminal, plain lines where it is not.
 *
 * @param options.json an event per line, as JSON, instead of both; false unless given
 * @example
 * ```ts
 * import { displayOn } from 'whereabouts';
 *
 * const { begin, callback, note, end, close } = displayOn(process.stdout);
 * [begin, note, end].every((show) => typeof show === 'function'); // => true
 * close();
 * ```
 */
export function displayOn(stream: WriteStream, options: { readonly json?: boolean } = {}): Display {
  const print = (line: string) => void stream.write(`${line}\n`);
  if (options.json === true) return jsonLines(print);
  return stream.isTTY ? progressBar(stream) : plainLines(print);
}
