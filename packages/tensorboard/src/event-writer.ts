import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { encodeEvent } from './encode-event.js';
import type { TensorBoardImage, TensorBoardValue } from './event.js';
import { histogramOf } from './histogram-of.js';
import { frameRecord } from './record.js';

/** Writes what TensorBoard shows. Each call writes one record to its end, so a reader sees it at once. */
export interface EventWriter {
  /** The event file. */
  readonly path: string;
  /** Numbers by tag, such as `{ 'training/loss': 2.3 }`; a slash groups them. */
  readonly scalars: (step: number, numbers: Readonly<Record<string, number>>) => void;
  /** How numbers are distributed, such as the weights of a layer. */
  readonly histogram: (step: number, tag: string, values: ArrayLike<number>) => void;
  readonly image: (step: number, tag: string, image: TensorBoardImage) => void;
  /** Closes the file; nothing can be written after. */
  readonly close: () => void;
}

/**
 * Begins an event file in a folder, which is created where it is missing; `tensorboard --logdir FOLDER` shows it. A second
 * writer begins a second file, which TensorBoard shows as the continuation of the first.
 *
 * @throws when the folder can't be written
 * @source the file format is TensorFlow's: TFRecords of `Event` messages
 * @example
 * ```ts
 * import { mkdtempSync, readFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { eventWriter, readEvents } from '@whereabouts/tensorboard';
 *
 * const writer = eventWriter(mkdtempSync(join(tmpdir(), 'events-')));
 * writer.scalars(1, { 'training/loss': 0.5 });
 * writer.close();
 * readEvents(readFileSync(writer.path)).at(-1)?.values; // => [{ "tag": "training/loss", "scalar": 0.5 }]
 * ```
 */
export function eventWriter(folder: string): EventWriter {
  mkdirSync(folder, { recursive: true });
  const seconds = () => Date.now() / 1000;
  const { path, file } = openNew(folder, Math.floor(seconds()));
  const write = (step: number, values: readonly TensorBoardValue[], fileVersion?: string) => {
    const event = { wallTime: seconds(), step, values, ...(fileVersion !== undefined && { fileVersion }) };
    writeSync(file, frameRecord(encodeEvent(event)));
  };
  write(0, [], 'brain.Event:2');
  return {
    path,
    scalars: (step, numbers) =>
      write(
        step,
        Object.entries(numbers).map(([tag, scalar]) => ({ tag, scalar })),
      ),
    histogram: (step, tag, values) => write(step, [{ tag, histogram: histogramOf(values) }]),
    image: (step, tag, image) => write(step, [{ tag, image }]),
    close: () => closeSync(file),
  };
}

/** Opens a file of a name that TensorBoard looks for and that is not taken yet. */
function openNew(folder: string, second: number): { readonly path: string; readonly file: number } {
  for (let count = 0; ; count += 1) {
    const path = join(folder, `events.out.tfevents.${second}.${hostname()}.${process.pid}.${count}`);
    try {
      return { path, file: openSync(path, 'wx') };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}
