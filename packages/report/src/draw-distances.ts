import { max } from 'd3-array';
import { scaleLinear } from 'd3-scale';
import type { PositionJudgement } from './judgement.js';
import { percentText } from './number-text.js';

const [width, height] = [360, 200];
const margin = { left: 54, right: 8, top: 8, bottom: 30 };

/** Draws how far off tokens were placed as SVG: bars of shares by cells, and a dash where guesses would reach. */
export function drawDistances({ distances, guesses }: PositionJudgement): string {
  const all = distances.reduce((sum, count) => sum + count, 0);
  const shares = distances.map((count) => (all === 0 ? 0 : count / all));
  const x = scaleLinear([0, shares.length], [margin.left, width - margin.right]);
  const top = max([...shares, ...guesses]) ?? 1;
  const y = scaleLinear([0, top === 0 ? 1 : top], [height - margin.bottom, margin.top]).nice(4);
  const bars = shares.map((share, distance) => {
    const [left, right] = [x(distance) + 2, x(distance + 1) - 2];
    const guess = y(guesses[distance] ?? 0).toFixed(1);
    return `<rect class="cell" x="${left.toFixed(1)}" width="${(right - left).toFixed(1)}" y="${y(share).toFixed(1)}" height="${(y(0) - y(share)).toFixed(1)}"><title>${distance} cells off: ${percentText(share)}</title></rect><line class="guess" x1="${left.toFixed(1)}" x2="${right.toFixed(1)}" y1="${guess}" y2="${guess}"/><text x="${((left + right) / 2).toFixed(1)}" y="${height - 14}" text-anchor="middle">${distance}</text>`;
  });
  const ticks = y.ticks(4).map((tick) => {
    const at = y(tick).toFixed(1);
    return `<line class="grid" x1="${margin.left}" x2="${width - margin.right}" y1="${at}" y2="${at}"/><text x="${margin.left - 6}" y="${at}" dy="0.32em" text-anchor="end">${percentText(tick)}</text>`;
  });
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="distance of predicted places">${ticks.join('')}${bars.join('')}</svg>`;
}
