export { checkBackbone } from './check-backbone.js';
export { checkFeatures } from './check-features.js';
export { checkHead, type HeadCheck } from './check-head.js';
export { checkObjective } from './check-objective.js';
export { exampleSpecs } from './example-specs.js';
export { randomFeatures } from './random-features.js';
export { randomImages } from './random-images.js';
