import type { PbfWriter } from 'pbf';
import type { HostConstant } from '../graph/attribute.js';
import { dataTypes } from './data-types.js';

/** Writes a `TensorShapeProto`. */
export function encodeShape(shape: readonly number[], writer: PbfWriter): void {
  for (const size of shape) writer.writeMessage(2, encodeSize, size);
}

function encodeSize(size: number, writer: PbfWriter): void {
  writer.writeVarintField(1, size);
}

/**
 * Writes a `TensorProto`, its values as the raw bytes that they are in memory.
 *
 * @throws when there are more or fewer bytes than dtype and shape say
 */
export function encodeConstant(constant: HostConstant, writer: PbfWriter): void {
  const { dtype, shape, values } = constant;
  const { number, bytes } = dataTypes[dtype];
  const expected = bytes === undefined ? undefined : shape.reduce((total, size) => total * size, bytes);
  if (values.byteLength !== expected)
    throw new Error(
      `A constant of ${dtype} [${shape}] ${expected === undefined ? 'cannot be written to a graph' : `takes ${expected} bytes`}; ${values.byteLength} bytes were given.`,
    );
  writer.writeVarintField(1, number);
  writer.writeMessage(2, encodeShape, shape);
  writer.writeBytesField(4, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}
