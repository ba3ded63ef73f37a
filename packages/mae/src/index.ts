export type { DecoderSettings, DecoderSize, PixelDecoderOptions } from './decoder-settings.js';
export { type MaeSize, maeSizes } from './mae-sizes.js';
export { type ImageBatch, type PixelDecoder, pixelDecoder } from './pixel-decoder.js';
export { type PixelTarget, type PixelTargetName, pixelTargets } from './pixel-targets.js';
export { type Reconstruction, reconstruct } from './reconstruct.js';
