import type { PbfWriter } from 'pbf';

/** Writes what a message holds. */
export type Encode<Value> = (value: Value, writer: PbfWriter) => void;

/** Writes a map as protobuf does: as one message of key and value per entry. */
export function encodeMap<Value>(
  writer: PbfWriter,
  field: number,
  entries: Readonly<Record<string, Value>>,
  encode: Encode<Value>,
): void {
  for (const entry of Object.entries(entries)) {
    writer.writeMessage(
      field,
      ([key, value], inner) => {
        inner.writeStringField(1, key);
        inner.writeMessage(2, encode, value);
      },
      entry,
    );
  }
}
