export type {
  AttentionMap,
  CellJudgement,
  ClassJudgement,
  FeatureMap,
  Judgement,
  Mistake,
  PositionJudgement,
  Puzzle,
} from './judgement.js';
export { renderReport } from './render-report.js';
export type { Point, RunReport, Series } from './run-report.js';
