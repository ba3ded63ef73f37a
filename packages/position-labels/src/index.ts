export { absoluteLabels } from './absolute-labels.js';
export { absolutePositions } from './absolute-positions.js';
export { absoluteChance, type Chance, relativeChance } from './chance.js';
export type { PositionHead, PositionHeadOptions } from './position-head.js';
export { relativeClassCount, relativeLabels } from './relative-labels.js';
export { relativePositions } from './relative-positions.js';
