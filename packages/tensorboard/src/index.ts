export type { TensorBoardEvent, TensorBoardHistogram, TensorBoardImage, TensorBoardValue } from './event.js';
export { type EventWriter, eventWriter } from './event-writer.js';
export { readEvents } from './read-events.js';
