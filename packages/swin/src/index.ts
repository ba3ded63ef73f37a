export { type Swin, swin } from './swin.js';
export type { SwinOptions, SwinSettings } from './swin-settings.js';
export { type SwinSize, swinSizes } from './swin-sizes.js';
