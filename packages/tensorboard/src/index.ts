export type { TensorBoardEvent, TensorBoardHistogram, TensorBoardImage, TensorBoardValue } from './event.js';
export { type EventWriter, eventWriter } from './event-writer.js';
export { histogramOf } from './histogram-of.js';
export { readEvents } from './read-events.js';
