import '@tensorflow/tfjs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** The engine that this lane tests: the name of a TensorFlow.js backend. */
    engine: 'cpu' | 'wasm' | 'tensorflow';
  }
}

const require = createRequire(import.meta.url);

/** Selects the lane's engine before the tests of a file, and fails them if it is not the one that answers. */
beforeAll(async () => {
  tf.enableProdMode(); // else the cpu backend advertises the native one in every file
  const engine = inject('engine');
  if (engine === 'wasm') {
    const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
    setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  }
  if (engine === 'tensorflow') {
    const { openBackend } = await import('../packages/runtime/src/index.js');
    await openBackend({ backend: 'tensorflow' });
  }
  if (!(await tf.setBackend(engine)) || tf.getBackend() !== engine)
    throw new Error(`the engine ${engine} could not be set; ${tf.getBackend()} answers`);
});
