export { renderReport } from './render-report.js';
export type { Point, RunReport, Series } from './run-report.js';
