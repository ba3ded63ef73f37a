import * as tf from '@tensorflow/tfjs-core';

/** The fields of the engine of TensorFlow.js 4.22 that a trace leans on; private there, so this version is pinned. */
interface EngineState {
  numTensors: number;
  numBytes: number;
  numDataBuffers: number;
  numStringTensors: number;
  activeTape: unknown;
  readonly registeredVariables: Record<string, tf.Variable>;
  readonly tensorInfo: WeakMap<object, { backend: unknown; dtype: string; shape: number[]; bytes: number }>;
}

/** The engine's own record of its tensors. */
export function engineState(): EngineState {
  return (tf.engine() as unknown as { readonly state: EngineState }).state;
}

/** Runs something after which the engine counts as many tensors and bytes as before. */
export function withoutCounting<Result>(run: () => Result): Result {
  const state = engineState();
  const { numTensors, numBytes, numDataBuffers, numStringTensors } = state;
  const engine = tf.engine();
  engine.startScope('trace');
  try {
    return run();
  } finally {
    engine.endScope();
    Object.assign(state, { numTensors, numBytes, numDataBuffers, numStringTensors });
  }
}
