import { escapeHtml } from './escape-html.js';
import type { ClassJudgement } from './judgement.js';
import { percentText } from './number-text.js';

const largestWithNumbers = 12;

/** Draws how often which class was taken for which as SVG: a row per class, shaded by the share of its pictures. */
export function drawConfusion({ names, confusion }: ClassJudgement): string {
  const cell = names.length > largestWithNumbers ? 360 / names.length : 32;
  const label = names.length > largestWithNumbers ? 0 : 110;
  const width = label + names.length * cell;
  const height = names.length * cell;
  const squares = confusion.flatMap((row, truth) => {
    const all = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, answer) => {
      const [x, y] = [label + answer * cell, truth * cell];
      const title = `${names[truth]}: ${count} of ${all} taken for ${names[answer]}`;
      const share = all === 0 ? 0 : count / all;
      const square = `<rect x="${x.toFixed(1)}" y="${y.toFixed(1)}" width="${cell.toFixed(1)}" height="${cell.toFixed(1)}" class="${truth === answer ? 'right' : 'wrong'}" fill-opacity="${share.toFixed(3)}"><title>${escapeHtml(title)}</title></rect>`;
      if (names.length > largestWithNumbers || count === 0) return square;
      return `${square}<text x="${x + cell / 2}" y="${y + cell / 2}" dy="0.35em" text-anchor="middle">${count}</text>`;
    });
  });
  const labels =
    label === 0
      ? []
      : names.map(
          (name, row) =>
            `<text x="${label - 6}" y="${row * cell + cell / 2}" dy="0.35em" text-anchor="end">${escapeHtml(shortened(name))}</text>`,
        );
  return `<svg viewBox="0 0 ${width.toFixed(0)} ${height.toFixed(0)}" style="max-width:${Math.max(320, Math.min(width * 1.4, 640)).toFixed(0)}px" role="img" aria-label="confusion of classes">${squares.join('')}${labels.join('')}</svg>`;
}

const shortened = (name: string) => (name.length > 16 ? `${name.slice(0, 15)}…` : name);

/** A table with a row per class: its pictures, the share of them that was found, the share of its answers that is right. */
export function classTable({ names, confusion }: ClassJudgement): string {
  const rows = names.map((name, index) => {
    const right = confusion[index]?.[index] ?? 0;
    const pictures = (confusion[index] ?? []).reduce((sum, count) => sum + count, 0);
    const answers = confusion.reduce((sum, row) => sum + (row[index] ?? 0), 0);
    const cells = [String(pictures), shareText(right, pictures), shareText(right, answers)];
    return `<tr><th scope="row">${escapeHtml(name)}</th>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const head = ['pictures', 'found', 'answers right'].map((text) => `<th scope="col">${text}</th>`).join('');
  return `<div class="scroll"><table><thead><tr><td></td>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const shareText = (part: number, whole: number) => (whole === 0 ? '–' : percentText(part / whole));
