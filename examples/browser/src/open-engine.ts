import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-backend-webgpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';

/**
 * TensorFlow.js's backends in a browser, and what each needs of it. WebAssembly comes before WebGL: for one small picture it is
 * done before WebGL has compiled its programs.
 */
const engines: Readonly<Record<string, () => unknown>> = {
  webgpu: () => navigator.gpu?.requestAdapter(),
  wasm: () => 'WebAssembly' in globalThis,
  webgl: () => document.createElement('canvas').getContext('webgl2'),
  cpu: () => true,
};

/**
 * Makes the first engine that works here the one that computes.
 *
 * @param wished the only one to try; all unless given
 * @returns its name
 * @throws when none works
 */
export async function openEngine(wished: string | undefined): Promise<string> {
  setWasmPaths('wasm/'); // beside the page: nothing comes from another host
  for (const [engine, need] of Object.entries(engines))
    if (engine === (wished ?? engine) && (await need()) && (await works(engine))) return engine;
  throw new Error(
    wished === undefined
      ? 'No engine of TensorFlow.js works in this browser.'
      : `The engine ${wished} does not work in this browser. There are ${Object.keys(engines).join(', ')}; without ?engine= the page chooses.`,
  );
}

/** Whether an engine can be set and multiplies right; some browsers have one that does neither. */
async function works(engine: string): Promise<boolean> {
  try {
    if (!(await tf.setBackend(engine))) return false;
    const product = tf.tidy(() => tf.matMul(tf.tensor2d([[3, 4]]), tf.tensor2d([[5], [6]])));
    const [value] = await product.data();
    product.dispose();
    return value === 39;
  } catch {
    return false;
  }
}
