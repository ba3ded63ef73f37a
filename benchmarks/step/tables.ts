import { aligned } from '../aligned.js';
import { nameOf } from './contenders.js';
import { measuredModels } from './measured-models.js';
import type { Measurement, Run, Skipped } from './measurement.js';
import { keeps, type Ratio } from './ratios.js';

/** One run as lines of text: its setting, a row per contender, who was skipped and why, and the ratios. */
export function tablesOf(run: Run, ratios: readonly Ratio[]): readonly string[] {
  const { model, batch, threads } = run.setting;
  const { imageSize, patchSize, channels } = model;
  const { title, depths } = measuredModels[model.architecture](model);
  return [
    `${title} ${imageSize} x ${imageSize} px, patch ${patchSize}, ${channels} channels, depth ${depths}, batch ${batch}, ${threads} threads`,
    '',
    ...aligned([
      ['', 'min ms', 'median ms', 'images/s', 'peak MB', 'first step s', 'first loss', 'last loss', 'engine'],
      ...run.measured.map(row),
    ]),
    ...skipLines(run.skipped),
    ...(ratios.length === 0
      ? []
      : ['', ...aligned([['ratio of medians', 'measured', 'must', 'aim', ''], ...ratios.map(ratioRow)])]),
  ];
}

function row(measured: Measurement): readonly string[] {
  const { minimum, median, imagesPerSecond, peakMemory, firstStep, losses, engine } = measured;
  return [
    nameOf(measured),
    minimum.toFixed(0),
    median.toFixed(0),
    imagesPerSecond.toFixed(1),
    peakMemory === null ? '-' : (peakMemory / 1e6).toFixed(0),
    (firstStep / 1000).toFixed(1),
    (losses[0] ?? Number.NaN).toFixed(5),
    (losses.at(-1) ?? Number.NaN).toFixed(5),
    engine,
  ];
}

// One line per reason.
function skipLines(skipped: readonly Skipped[]): readonly string[] {
  const reasons = [...new Set(skipped.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const names = skipped.filter((one) => one.reason === reason).map(nameOf);
    return `skipped: ${names.join('; ')} (${reason})`;
  });
}

function ratioRow({ name, value, target }: Ratio): readonly string[] {
  const figure = value.toFixed(2);
  if (target === undefined) return [name, figure, '', '', ''];
  const sign = target.bound === 'least' ? '>=' : '<=';
  const verdict = keeps(value, target) ? 'reached' : 'MISSED';
  return [name, figure, `${sign} ${target.must}`, `${sign} ${target.aim}`, verdict];
}
