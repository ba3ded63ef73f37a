import { comparisonTable, differing } from './comparison-table.js';
import { type DrawnSeries, drawChart } from './draw-chart.js';
import { escapeHtml } from './escape-html.js';
import { judgementSections } from './judgement-sections.js';
import { numberText } from './number-text.js';
import { quiet, section } from './parts.js';
import type { RunReport } from './run-report.js';
import { runColours, style } from './style.js';

/**
 * Renders one run, or several side by side, as one HTML page that loads nothing: style, charts and pictures are in it.
 * Every text of the runs is escaped.
 *
 * @param runs in the order in which they are shown
 * @returns the page
 * @throws when there is no run
 * @example
 * ```ts
 * import { renderReport } from '@whereabouts/report';
 *
 * const loss = { metric: 'loss', of: 'training', points: [[1, 2.3], [2, 2.1]] } as const;
 * const page = renderReport([{ name: 'first', series: [loss], settings: {}, results: {}, environment: {} }]);
 * page.startsWith('<!doctype html>'); // => true
 * ```
 */
export function renderReport(runs: readonly RunReport[]): string {
  if (runs.length === 0) throw new Error('A report needs a run, but there was none: give at least one.');
  const names = runs.map(({ name }) => name);
  const title = names.length === 1 ? `Run ${names[0]}` : `${names.length} runs`;
  const results = runs.map((run) =>
    Object.fromEntries(Object.entries(run.results).map(([name, value]) => [name, numberText(value)])),
  );
  const settings = runs.map((run) => run.settings);
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>`,
    `<h1>${escapeHtml(title)}</h1>`,
    `<ul class="runs">${names.map((name, run) => `<li><span class="key" style="background:${colourOf(run)}"></span>${escapeHtml(name)}</li>`).join('')}</ul>`,
    section(
      'Results',
      results.some((of) => Object.keys(of).length > 0)
        ? comparisonTable(names, results)
        : quiet('Left out: no evaluation was written down yet.'),
    ),
    section('Curves', charts(runs)),
    ...runs.flatMap((run) => judgementSections(run, runs.length > 1 ? ` of ${run.name}` : '')),
    ...(runs.length > 1
      ? [section('Settings that differ', differenceTable(names, differing(settings)))]
      : []),
    section(runs.length > 1 ? 'All settings' : 'Settings', comparisonTable(names, settings)),
    section(
      'Environment',
      comparisonTable(
        names,
        runs.map((run) => run.environment),
      ),
    ),
    '</body></html>\n',
  ].join('\n');
}

function charts(runs: readonly RunReport[]): string {
  const all: readonly DrawnSeries[] = runs.flatMap((run, index) =>
    run.series.map((series) => ({ ...series, colour: colourOf(index) })),
  );
  const drawable = all.filter(({ points }) => points.some(([, value]) => Number.isFinite(value)));
  const metrics = [...new Set(drawable.map(({ metric }) => metric))];
  if (metrics.length === 0) return quiet('Left out: no step was written down yet.');
  const figures = metrics.map((metric) => {
    const chart = drawChart(drawable.filter((series) => series.metric === metric));
    return `<figure><figcaption>${escapeHtml(metric)}</figcaption>${chart}</figure>`;
  });
  return `${quiet('Over steps. Thin: training, means of neighbouring steps. With dots: evaluations. Dashed: chance, without a look at the picture.')}<div class="charts">${figures.join('')}</div>`;
}

function differenceTable(
  names: readonly string[],
  columns: readonly Readonly<Record<string, string>>[],
): string {
  const same = columns.every((column) => Object.keys(column).length === 0);
  return same ? quiet('None: the settings are the same.') : comparisonTable(names, columns);
}

function colourOf(run: number): string {
  return runColours[run % runColours.length] ?? runColours[0];
}
