import { extent } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { averagePoints } from './average-points.js';
import { escapeHtml } from './escape-html.js';
import { numberText } from './number-text.js';
import type { Point, Series } from './run-report.js';

const width = 360;
const height = 220;
const margin = { left: 52, right: 12, top: 8, bottom: 28 };
const trainingPoints = 150;

/** A series and the colour of its run. */
export interface DrawnSeries extends Series {
  /** CSS colour. */
  readonly colour: string;
}

/**
 * Draws a metric over steps as SVG: training as a thin line of means, evaluations as a line with dots, chance dashed.
 *
 * @param all of one metric, of any number of runs; at least one has a point
 */
export function drawChart(all: readonly DrawnSeries[]): string {
  const shown = all.map((series) => ({
    ...series,
    points: averagePoints(
      series.points.filter(([, value]) => Number.isFinite(value)),
      series.of === 'training' ? trainingPoints : Number.POSITIVE_INFINITY,
    ),
  }));
  const points = shown.flatMap((series) => series.points);
  const chances = shown.flatMap(({ chance, colour }) => (chance === undefined ? [] : [{ chance, colour }]));
  const values = [...points.map(([, value]) => value), ...chances.map(({ chance }) => chance)];
  const x = scaleLinear([0, extent(points, ([step]) => step)[1] ?? 1], [margin.left, width - margin.right]);
  const [low = 0, high = 1] = extent(values);
  const y = scaleLinear(low === high ? [low - 1, high + 1] : [low, high], [
    height - margin.bottom,
    margin.top,
  ]).nice(5);
  const path = line<Point>(
    ([step]) => x(step),
    ([, value]) => y(value),
  );
  const label = escapeHtml(all[0]?.metric ?? '');
  return [
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label} over steps">`,
    ...y.ticks(5).map((tick) => {
      const at = y(tick).toFixed(1);
      return `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}"/><text x="${margin.left - 6}" y="${at}" dy="0.32em" text-anchor="end">${numberText(tick)}</text>`;
    }),
    ...x
      .ticks(4)
      .map(
        (tick) =>
          `<text x="${x(tick).toFixed(1)}" y="${height - 8}" text-anchor="middle">${numberText(tick)}</text>`,
      ),
    ...chances.map(
      ({ chance, colour }) =>
        `<line class="chance" x1="${margin.left}" x2="${width - margin.right}" y1="${y(chance).toFixed(1)}" y2="${y(chance).toFixed(1)}" style="stroke:${colour}"/>`,
    ),
    ...shown.map(
      ({ of, points, colour }) => `<path class="${of}" d="${path(points) ?? ''}" style="stroke:${colour}"/>`,
    ),
    ...shown
      .filter(({ of }) => of === 'evaluation')
      .flatMap(({ points, colour }) =>
        points.map(
          ([step, value]) =>
            `<circle cx="${x(step).toFixed(1)}" cy="${y(value).toFixed(1)}" r="2.5" style="fill:${colour}"><title>step ${step}: ${numberText(value)}</title></circle>`,
        ),
      ),
    '</svg>',
  ].join('');
}
