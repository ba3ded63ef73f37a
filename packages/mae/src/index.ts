export type { DecoderSettings, DecoderSize, PixelDecoderOptions } from './decoder-settings.js';
export { type LinearPixelsOptions, linearPixels } from './linear-pixels.js';
export { type MaeSize, maeSizes } from './mae-sizes.js';
export { type MaskedCellsOptions, maskedCells } from './masked-cells.js';
export { type PixelDecoder, pixelDecoder } from './pixel-decoder.js';
export type { ImageBatch, PixelHead, PixelHeadSettings } from './pixel-head.js';
export { type PixelTarget, type PixelTargetName, pixelTargets } from './pixel-targets.js';
export { type Reconstruction, reconstruct } from './reconstruct.js';
