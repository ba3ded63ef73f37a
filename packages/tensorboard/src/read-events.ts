import { PbfReader } from 'pbf';
import type { TensorBoardEvent, TensorBoardHistogram, TensorBoardImage, TensorBoardValue } from './event.js';
import { recordsOf } from './record.js';

/**
 * Reads the events of a file that TensorBoard could read, in order; values of other kinds than scalars, histograms and images
 * are passed over. A last record that was not written to its end is left out.
 *
 * @throws when a checksum is wrong
 * @example
 * ```ts
 * import { readEvents } from '@whereabouts/tensorboard';
 *
 * readEvents(new Uint8Array()); // => []
 * ```
 */
export function readEvents(file: Uint8Array): readonly TensorBoardEvent[] {
  return Array.from(recordsOf(file), (record) =>
    new PbfReader(record).readFields(readEvent, { wallTime: 0, step: 0, values: [] }),
  );
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

function readEvent(field: number, event: Mutable<TensorBoardEvent>, reader: PbfReader): void {
  if (field === 1) event.wallTime = reader.readDouble();
  else if (field === 2) event.step = reader.readVarint();
  else if (field === 3) event.fileVersion = reader.readString();
  else if (field === 5) event.values = reader.readMessage(readSummary, [] as TensorBoardValue[]);
}

function readSummary(field: number, values: TensorBoardValue[], reader: PbfReader): void {
  if (field !== 1) return;
  const { tag = '', scalar, image, histogram } = reader.readMessage(readValue, {} as ReadValue);
  if (scalar !== undefined) values.push({ tag, scalar });
  else if (image !== undefined) values.push({ tag, image });
  else if (histogram !== undefined) values.push({ tag, histogram });
}

interface ReadValue {
  tag?: string;
  scalar?: number;
  image?: TensorBoardImage;
  histogram?: TensorBoardHistogram;
}

function readValue(field: number, value: ReadValue, reader: PbfReader): void {
  if (field === 1) value.tag = reader.readString();
  else if (field === 2) value.scalar = reader.readFloat();
  else if (field === 4)
    value.image = reader.readMessage(readImage, { height: 0, width: 0, png: new Uint8Array() });
  else if (field === 5)
    value.histogram = reader.readMessage(readHistogram, {
      ...{ min: 0, max: 0, count: 0, sum: 0, sumOfSquares: 0 },
      ...{ limits: [], counts: [] },
    });
}

function readImage(field: number, image: Mutable<TensorBoardImage>, reader: PbfReader): void {
  if (field === 1) image.height = reader.readVarint();
  else if (field === 2) image.width = reader.readVarint();
  else if (field === 4) image.png = Uint8Array.from(reader.readBytes());
}

const numbers = ['min', 'max', 'count', 'sum', 'sumOfSquares'] as const;

function readHistogram(field: number, histogram: Mutable<TensorBoardHistogram>, reader: PbfReader): void {
  const number = numbers[field - 1];
  if (number !== undefined) histogram[number] = reader.readDouble();
  else if (field === 6) histogram.limits = reader.readPackedDouble([]);
  else if (field === 7) histogram.counts = reader.readPackedDouble([]);
}
