import * as tf from '@tensorflow/tfjs-core';
import { callerIn } from './caller.js';

/**
 * Where in `run` a value is read back from the engine for the first time, as a line of a stack; undefined if nowhere.
 * Every way to read a tensor asks the engine, while a kernel that looks at its input asks its backend.
 */
export function whereRead(run: () => void): string | undefined {
  const engine = tf.engine();
  const { readSync, read } = engine;
  let first: string | undefined;
  const note = () => {
    first ??= callerIn(new Error().stack);
  };
  engine.readSync = (dataId) => {
    note();
    return readSync.call(engine, dataId);
  };
  engine.read = (dataId) => {
    note();
    return read.call(engine, dataId);
  };
  try {
    tf.tidy(run);
  } finally {
    Object.assign(engine, { readSync, read });
  }
  return first;
}
