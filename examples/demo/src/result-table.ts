import type { EvaluationResult } from 'whereabouts';

/** One training of the demo. */
export interface DemoResult {
  readonly name: string;
  readonly test: EvaluationResult;
  /** While training; unknown when all steps were done by an earlier demo. */
  readonly imagesPerSecond: number | undefined;
}

const percent = (value: number | undefined) => (value === undefined ? '-' : `${(value * 100).toFixed(1)} %`);

/** The results as lines of a table, every accuracy beside what a guess reaches. */
export function resultTable(results: readonly DemoResult[]): string[] {
  const accuracy = ({ test }: DemoResult, term: string) => {
    const value = test.metrics[`${term}.accuracy`];
    return value === undefined ? '-' : `${percent(value)} (${percent(test.chance[`${term}.accuracy`])})`;
  };
  const rows = [
    ['', 'test accuracy', 'absolute position', 'relative position', 'images/s', 'backend'],
    ...results.map((result) => [
      result.name,
      accuracy(result, 'classes'),
      accuracy(result, 'absolute'),
      accuracy(result, 'relative'),
      result.imagesPerSecond?.toFixed(0) ?? 'done before',
      result.test.backend.backend,
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
