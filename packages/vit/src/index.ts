export { keepLowest } from './keep-lowest.js';
export { loadVit } from './load-vit.js';
export { masked } from './masked.js';
export type { Pooling } from './pooling.js';
export { visibleFeatures } from './visible-features.js';
export { type Vit, vit } from './vit.js';
export type { VitOptions, VitSettings } from './vit-settings.js';
export { deitSizes, type VitSize, vitSizes } from './vit-sizes.js';
