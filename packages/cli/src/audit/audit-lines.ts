import type { LeakByImages, PositionAudit, PositionLeak } from '@whereabouts/position-labels';
import { percentText } from '../display/number-text.js';

/** What an audit found, for people: a table, and what follows from it. */
export function auditLines({ grid, chance, positionEncoding, ...audit }: PositionAudit): readonly string[] {
  const rows = [
    ['', 'constant images', 'noise'],
    row('as it is', audit.asItIs),
    ...Object.entries(audit.without).map(([name, found]) => row(`without ${name}`, found)),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  return [
    `${grid.rows} x ${grid.columns} tokens, so a guess reaches ${percentText(chance)}; the backbone says its encoding is ${positionEncoding}`,
    '',
    ...rows.map((cells) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('   ')),
    '',
    ...audit.findings,
  ];
}

function row(name: string, { constant, noise }: LeakByImages): string[] {
  return [name, leakText(constant), leakText(noise)];
}

function leakText({ accuracy, low, high }: PositionLeak): string {
  return `${percentText(accuracy)} (${(100 * low).toFixed(1)} to ${(100 * high).toFixed(1)})`;
}
