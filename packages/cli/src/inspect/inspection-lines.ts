import { countText } from '../display/number-text.js';
import { describeData } from '../run/environment.js';
import { type FileFacts, numbersByPart } from './inspect-file.js';
import type { RunFolderFacts } from './inspect-run.js';

/** What a file holds, a tensor per line. */
export function fileLines({ file, metadata, tensors, numbers }: FileFacts): string[] {
  const rows = tensors.map(({ name, dtype, shape, numbers: own }) => [
    name,
    dtype,
    shape.length === 0 ? 'scalar' : shape.join(' x '),
    countText(own),
  ]);
  const parts = numbersByPart(tensors).map((part) => [
    part.part,
    `${countText(part.tensors)} tensors`,
    `${countText(part.numbers)} numbers`,
  ]);
  return [
    file,
    ...titled(
      'metadata',
      Object.entries(metadata).map(([key, value]) => [key, shortened(value)]),
    ),
    ...titled('tensors', rows),
    ...titled('together', [
      ...parts,
      ['all', `${countText(tensors.length)} tensors`, `${countText(numbers)} numbers`],
    ]),
  ];
}

/** What a run folder holds. */
export function runLines({ folder, settings, environment, summary, checkpoints }: RunFolderFacts): string[] {
  const sessions = environment?.sessions.map(({ startedAt, step, backend }) => [
    String(startedAt),
    `from step ${step}`,
    `on ${(backend as { backend?: string } | undefined)?.backend}`,
  ]);
  return [
    `${folder}: ${summary === undefined ? 'not finished' : 'finished'}`,
    ...titled(
      'settings that are not the defaults',
      Object.entries(settings).map(([path, value]) => [path, JSON.stringify(value)]),
    ),
    ...(environment === undefined ? [] : titled('data', [[describeData(environment.data)]])),
    ...titled('sessions', sessions ?? []),
    ...titled(
      'checkpoints',
      checkpoints.map(({ file, step, parameters }) => [
        file,
        `step ${step === undefined ? '?' : countText(step)}`,
        `${countText(parameters)} parameters`,
      ]),
    ),
  ];
}

function shortened(text: string): string {
  return text.length <= 200 ? text : `${text.slice(0, 160)}... (${countText(text.length)} characters)`;
}

/** A heading and rows in columns below it; nothing where there are no rows. */
function titled(heading: string, rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  const lines = rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
  return rows.length === 0 ? [] : [heading, ...lines];
}
