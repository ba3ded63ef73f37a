import { maskedCrc32c } from './crc32c.js';

/** Bytes before and after those of a record: its length and that's checksum, and its own checksum. */
const [before, after] = [12, 4];

/** Frames bytes as one record of a TFRecord file. */
export function frameRecord(data: Uint8Array): Uint8Array {
  const record = new Uint8Array(before + data.length + after);
  const view = new DataView(record.buffer);
  view.setBigUint64(0, BigInt(data.length), true);
  view.setUint32(8, maskedCrc32c(record.subarray(0, 8)), true);
  record.set(data, before);
  view.setUint32(before + data.length, maskedCrc32c(data), true);
  return record;
}

/**
 * The records of a TFRecord file in order. A last record that was not written to its end is left out.
 *
 * @throws when a checksum is wrong
 */
export function* recordsOf(file: Uint8Array): Generator<Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  let offset = 0;
  while (offset + before <= file.length) {
    const length = Number(view.getBigUint64(offset, true));
    requireSum(view.getUint32(offset + 8, true), file.subarray(offset, offset + 8), offset);
    const end = offset + before + length;
    if (end + after > file.length) return;
    const data = file.subarray(offset + before, end);
    requireSum(view.getUint32(end, true), data, offset);
    yield data;
    offset = end + after;
  }
}

function requireSum(expected: number, bytes: Uint8Array, offset: number): void {
  if (maskedCrc32c(bytes) !== expected)
    throw new Error(
      `The record at byte ${offset} is damaged: its checksum doesn't fit. Copy the file again, or write it anew.`,
    );
}
