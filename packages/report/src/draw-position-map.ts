import type { PositionJudgement } from './judgement.js';
import { percentText } from './number-text.js';

const width = 360;

/**
 * Draws the grid as SVG: each cell as dark as its tokens were placed right, with an arrow from the cell to where they were
 * placed on average.
 */
export function drawPositionMap({ grid, cells }: PositionJudgement): string {
  const side = width / grid.columns;
  const middle = (place: number) => ((place + 0.5) * side).toFixed(1);
  const squares = cells.map(({ tokens, right }, position) => {
    const [row, column] = [Math.floor(position / grid.columns), position % grid.columns];
    const share = tokens === 0 ? 0 : right / tokens;
    return `<rect x="${(column * side).toFixed(1)}" y="${(row * side).toFixed(1)}" width="${side.toFixed(1)}" height="${side.toFixed(1)}" class="cell" fill-opacity="${share.toFixed(3)}"><title>row ${row}, column ${column}: ${tokens === 0 ? 'no token' : `${percentText(share)} of ${tokens} tokens right`}</title></rect>`;
  });
  const arrows = cells.map((cell, position) => {
    const [row, column] = [Math.floor(position / grid.columns), position % grid.columns];
    if (cell.tokens === 0) return '';
    return `<line class="arrow" x1="${middle(column)}" y1="${middle(row)}" x2="${middle(cell.column)}" y2="${middle(cell.row)}"/><circle class="tip" cx="${middle(cell.column)}" cy="${middle(cell.row)}" r="2.5"/>`;
  });
  return `<svg viewBox="0 0 ${width} ${(grid.rows * side).toFixed(0)}" style="max-width:420px" role="img" aria-label="accuracy by cell and mean displacement">${squares.join('')}${arrows.join('')}</svg>`;
}
