import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, normalize, sep } from 'node:path';
import { readCsv, type TableRow } from './csv-table.js';

/** A picture as a metadata table lists it. */
export interface MetadataRow {
  /** Relative to the table's folder, with `/`. */
  readonly name: string;
  /** Absent where the table has no column of labels. */
  readonly label?: string;
  /** For messages. */
  readonly place: string;
}

async function readJsonLines(file: string): Promise<TableRow[]> {
  const lines = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines.flatMap((text, index) => {
    if (text.trim() === '') return [];
    const cells = parsed(text);
    if (cells === undefined)
      throw new Error(`Line ${index + 1} of ${file} isn't a JSON object: ${text.slice(0, 80)}`);
    return [{ line: index + 1, cells }];
  });
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

/** How each file of metadata is read. */
const readers: Readonly<Record<string, (file: string) => Promise<TableRow[]>>> = {
  'metadata.csv': (file) => readCsv(file, ['file_name']),
  'metadata.jsonl': readJsonLines,
};

/** The names that a table may have. */
export const metadataNames = Object.keys(readers);

/** The metadata table of a folder, if it has one. */
export function findMetadata(folder: string): string | undefined {
  const names = metadataNames.filter((name) => existsSync(join(folder, name)));
  if (names.length > 1) throw new Error(`${folder} has ${names.join(' and ')}. Keep one of them.`);
  return names[0];
}

/**
 * Reads the table `name` of a folder.
 *
 * @throws when a line has no file name, one that leads out of the folder or one that another line has, or no label where others
 *   have one
 */
export async function readMetadata(
  folder: string,
  name: string,
  labelColumn: string,
): Promise<MetadataRow[]> {
  const file = join(folder, name);
  const lines = (await readers[name]?.(file)) ?? [];
  const isLabelled = lines.some(({ cells }) => isFilled(cells[labelColumn]));
  const seen = new Map<string, number>();
  return lines.map(({ line, cells }) => {
    const place = `line ${line} of ${file}`;
    if (!isFilled(cells.file_name)) throw new Error(`There is no file_name on ${place}.`);
    const path = normalize(String(cells.file_name)).replaceAll(sep, '/');
    if (path.startsWith('/') || path.split('/')[0] === '..')
      throw new Error(`The file_name ${path} on ${place} leads out of ${folder}.`);
    const before = seen.get(path);
    if (before !== undefined) throw new Error(`${path} stands on line ${before} and again on ${place}.`);
    seen.set(path, line);
    const label = cells[labelColumn];
    if (isLabelled && !isFilled(label))
      throw new Error(`There is no ${labelColumn} on ${place}, though other lines have one.`);
    return { name: path, place, ...(isLabelled && { label: String(label) }) };
  });
}

const isFilled = (cell: unknown) => cell !== undefined && cell !== null && cell !== '';
