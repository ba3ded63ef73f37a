import { escapeHtml } from './escape-html.js';

/** A table with a row per name and a column per run, in a box that scrolls by itself; a dash where a run lacks it. */
export function comparisonTable(
  runs: readonly string[],
  columns: readonly Readonly<Record<string, string>>[],
): string {
  const names = [...new Set(columns.flatMap((column) => Object.keys(column)))];
  const head = runs.map((run) => `<th scope="col">${escapeHtml(run)}</th>`).join('');
  const rows = names.map((name) => {
    const cells = columns.map((column) => `<td>${escapeHtml(column[name] ?? '–')}</td>`).join('');
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells}</tr>`;
  });
  return `<div class="scroll"><table><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

/** The entries that are not the same in every column. */
export function differing(
  columns: readonly Readonly<Record<string, string>>[],
): readonly Readonly<Record<string, string>>[] {
  const differs = (name: string) => new Set(columns.map((column) => column[name])).size > 1;
  return columns.map((column) =>
    Object.fromEntries(Object.entries(column).filter(([name]) => differs(name))),
  );
}
