import type { Point, RunReport, Series } from '@whereabouts/report';
import { readSettings } from '../config/read-settings.js';
import { statedSettings } from '../config/stated-settings.js';
import { readEnvironment } from '../run/environment.js';
import { readJson } from '../run/json-file.js';
import { lastEvaluation, readMetrics } from '../run/metrics-file.js';
import { readRunConfig } from '../run/run-folder.js';
import { runPaths } from '../run/run-paths.js';
import { judgeRun } from './judge-run.js';
import { readPictures } from './read-pictures.js';

const notMetrics = ['kind', 'step', 'epoch', 'images'];

/**
 * Collects what a report tells of a run from its folder, also while it goes on.
 *
 * @param name what the report calls the run
 * @param options.pictures whether the trained model is shown its validation pictures
 * @throws when the folder is no run folder
 */
export async function collectReport(
  folder: string,
  name: string,
  options: { readonly pictures: boolean },
): Promise<RunReport> {
  const paths = runPaths(folder);
  const { given } = readSettings(statedSettings(await readRunConfig(folder)), { folder: '' });
  const summary = (await readJson(paths.summary)) as { chance?: Record<string, number> } | undefined;
  const environment = await readEnvironment(paths.environment);
  const { judgement, leftOut } = options.pictures
    ? await judgeRun(folder)
    : { leftOut: ['Pictures: they were switched off.'] };
  return {
    name,
    series: seriesOf(await readMetrics(paths.metrics), summary?.chance ?? {}),
    settings: Object.fromEntries(given.map(({ path, value }) => [path, textOf(value)])),
    results: (await lastEvaluation(paths.metrics)) ?? {},
    environment: flatten({ pictures: environment?.data.pictures, ...environment?.sessions.at(-1) }),
    ...(judgement && { judgement }),
    reconstructions: await readPictures(paths.reconstructions),
    leftOut,
  };
}

function seriesOf(
  lines: Awaited<ReturnType<typeof readMetrics>>,
  chance: Readonly<Record<string, number>>,
): Series[] {
  const found = new Map<string, { metric: string; of: Series['of']; points: Point[] }>();
  for (const { kind, step, ...line } of lines) {
    const of = kind === 'step' ? 'training' : 'evaluation';
    for (const [metric, value] of Object.entries({ ...line, ...speedOf(line) })) {
      if (typeof value !== 'number' || notMetrics.includes(metric)) continue;
      const key = `${of} ${metric}`;
      const series = found.get(key) ?? { metric, of, points: [] };
      series.points.push([step, value]);
      found.set(key, series);
    }
  }
  return [...found.values()].map((series) => {
    const known = series.of === 'evaluation' ? chance[series.metric] : undefined;
    return known === undefined ? series : { ...series, chance: known };
  });
}

function speedOf(line: Readonly<Record<string, unknown>>): Readonly<Record<string, number>> {
  const { stepSeconds, waitSeconds = 0 } = (line.time ?? {}) as {
    stepSeconds?: number;
    waitSeconds?: number;
  };
  if (stepSeconds === undefined || typeof line.images !== 'number') return {};
  return { 'images per second': line.images / (stepSeconds + waitSeconds) };
}

function flatten(value: object, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]): [string, string][] => {
      if (inner === undefined) return [];
      return typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.entries(flatten(inner, `${prefix}${name}.`))
        : [[`${prefix}${name}`, textOf(inner)]];
    }),
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
