import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';

/** A line of a table. */
export interface TableRow {
  /** Counted from 1, for messages. */
  readonly line: number;
  /** By the name of their column. */
  readonly cells: Readonly<Record<string, unknown>>;
}

/**
 * Reads a CSV file whose first line names the columns.
 *
 * @throws when it can't be read or lacks one of the `columns` that are needed
 */
export async function readCsv(file: string, columns: readonly string[]): Promise<TableRow[]> {
  const text = await readFile(file, 'utf8');
  let present: readonly string[] = [];
  const lineEnds = ['\r\n', '\n', '\r'];
  const options = { bom: true, skip_empty_lines: true, trim: true, info: true, record_delimiter: lineEnds };
  const read = () => {
    try {
      return parse<Record<string, string>>(text, {
        ...options,
        columns: (names: readonly string[]) => {
          present = names;
          return [...names];
        },
      });
    } catch (reason) {
      const problem = reason instanceof Error ? reason.message : String(reason);
      throw new Error(`${file} isn't a CSV table: ${problem}`, { cause: reason });
    }
  };
  const rows = read();
  const missing = columns.filter((column) => !present.includes(column));
  if (missing.length > 0)
    throw new Error(
      `${file} has no column ${missing.join(' and no column ')}; its first line names ${present.join(', ') || 'none'}.`,
    );
  // With `info` a row comes along with where it ends; the types of csv-parse don't say so for named columns.
  return (rows as unknown as { record: Record<string, string>; info: { lines: number } }[]).map(
    ({ record, info }) => ({ line: info.lines, cells: record }),
  );
}
