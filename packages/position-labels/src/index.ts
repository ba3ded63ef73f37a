export { absoluteLabels } from './absolute-labels.js';
export { absolutePositions } from './absolute-positions.js';
export { assignCells } from './assign-cells.js';
export { attentiveWeights } from './attentive-weights.js';
export type { AlikeTokens } from './audit/alike-tokens.js';
export type { AuditImageSize } from './audit/audit-images.js';
export {
  type AuditOptions,
  auditPositions,
  type LeakByImages,
  type PositionAudit,
  type PositionLeak,
} from './audit/audit-positions.js';
export { absoluteChance, type Chance, type PlaceChance, relativeChance } from './chance.js';
export { type DirectionChance, directionChance } from './direction-chance.js';
export { directionLabels } from './direction-labels.js';
export { type DroppedPositionsOptions, droppedPositions } from './dropped-positions.js';
export { jigsawPositions } from './jigsaw-positions.js';
export { linearPositions } from './linear-positions.js';
export { type OffsetChance, offsetChance } from './offset-chance.js';
export type { HeadOptions, PositionHead, PositionHeadOptions } from './position-head.js';
export { relativeDirections } from './relative-directions.js';
export { relativeClassCount, relativeLabels } from './relative-labels.js';
export { type RelativeOffsetsOptions, relativeOffsets } from './relative-offsets.js';
export { relativePositions } from './relative-positions.js';
export { smoothLabels } from './smooth-labels.js';
