import type { DemoResult } from './demo-result.js';

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

/** The results as lines of a table, every accuracy beside what a guess reaches. */
export function resultTable(results: readonly DemoResult[]): string[] {
  const accuracy = ({ metrics, chance }: DemoResult, term: string) => {
    const value = metrics[`${term}.accuracy`];
    return value === undefined ? '-' : `${percent(value)} (${percent(chance[`${term}.accuracy`] ?? 0)})`;
  };
  const rows = [
    ['', 'test accuracy', 'absolute position', 'relative position', 'images/s', 'backend'],
    ...results.map((result) => [
      result.name,
      accuracy(result, 'classes'),
      accuracy(result, 'absolute'),
      accuracy(result, 'relative'),
      result.imagesPerSecond?.toFixed(0) ?? '-',
      result.backend,
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd(),
  );
}
