import { mean } from 'd3-array';
import type { Point } from './run-report.js';

/** Means of neighbouring points, so that at most `limit` are left; the same points where there are no more. */
export function averagePoints(points: readonly Point[], limit: number): readonly Point[] {
  if (points.length <= limit) return points;
  const size = Math.ceil(points.length / limit);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, index) => {
    const group = points.slice(index * size, (index + 1) * size);
    return [mean(group, ([step]) => step) ?? 0, mean(group, ([, value]) => value) ?? 0];
  });
}
