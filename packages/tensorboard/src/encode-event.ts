import { PbfWriter } from 'pbf';
import type { TensorBoardEvent, TensorBoardHistogram, TensorBoardImage, TensorBoardValue } from './event.js';

/** An event as protobuf. @source the numbers of the fields are those of TensorFlow's event.proto and summary.proto */
export function encodeEvent({ wallTime, step, fileVersion, values }: TensorBoardEvent): Uint8Array {
  const writer = new PbfWriter();
  writer.writeDoubleField(1, wallTime);
  writer.writeVarintField(2, step);
  if (fileVersion !== undefined) writer.writeStringField(3, fileVersion);
  if (values.length > 0) writer.writeMessage(5, encodeSummary, values);
  return writer.finish();
}

function encodeSummary(values: readonly TensorBoardValue[], writer: PbfWriter): void {
  for (const value of values) writer.writeMessage(1, encodeValue, value);
}

function encodeValue(value: TensorBoardValue, writer: PbfWriter): void {
  writer.writeStringField(1, value.tag);
  if ('scalar' in value) writer.writeFloatField(2, value.scalar);
  else if ('image' in value) writer.writeMessage(4, encodeImage, value.image);
  else writer.writeMessage(5, encodeHistogram, value.histogram);
}

function encodeImage({ height, width, png }: TensorBoardImage, writer: PbfWriter): void {
  writer.writeVarintField(1, height);
  writer.writeVarintField(2, width);
  writer.writeVarintField(3, 3); // red, green, blue
  writer.writeBytesField(4, png);
}

function encodeHistogram(histogram: TensorBoardHistogram, writer: PbfWriter): void {
  const { min, max, count, sum, sumOfSquares, limits, counts } = histogram;
  for (const [index, number] of [min, max, count, sum, sumOfSquares].entries())
    writer.writeDoubleField(index + 1, number);
  writer.writePackedDouble(6, [...limits]);
  writer.writePackedDouble(7, [...counts]);
}
