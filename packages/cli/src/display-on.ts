import type { WriteStream } from 'node:tty';
import type { Display } from './display.js';
import { plainLines } from './plain-lines.js';
import { progressBar } from './progress-bar.js';

/**
 * Shows a training on an output stream: a live bar where it is a terminal, plain lines where it is not.
 *
 * @example
 * ```ts
 * import { displayOn } from 'whereabouts';
 *
 * const { begin, callback, note, end } = displayOn(process.stdout);
 * [begin, note, end].every((show) => typeof show === 'function'); // => true
 * end();
 * ```
 */
export function displayOn(stream: WriteStream): Display {
  return stream.isTTY ? progressBar(stream) : plainLines((line) => stream.write(`${line}\n`));
}
