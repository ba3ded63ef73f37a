import * as tf from '@tensorflow/tfjs-core';

/** What TensorFlow.js's native backend can do with graphs, beyond what every backend does. */
export interface NativeBackend {
  /** Opens a session on the model in a folder, and gives its number. */
  readonly loadSavedModelMetaGraph: (folder: string, tags: string) => number;
  /** Runs what the outputs, `node:output`, depend on. Blocks until they are there. */
  readonly runSavedModel: (
    session: number,
    inputs: readonly tf.Tensor[],
    inputInfos: readonly { readonly name: string }[],
    outputs: readonly string[],
  ) => tf.Tensor[];
  readonly deleteSavedModel: (session: number) => void;
  /** Whether it computes on a graphics card. */
  readonly isUsingGpuDevice: boolean;
}

const needed = ['loadSavedModelMetaGraph', 'runSavedModel', 'deleteSavedModel'] as const;

/**
 * The backend that answers TensorFlow.js calls now, as the one that runs graphs.
 *
 * @throws when it does not
 */
export function nativeBackend(): NativeBackend {
  const backend = tf.backend();
  if (runsGraphs(backend)) return backend;
  throw new Error(
    `Compiling needs the native engine, and the backend ${tf.getBackend()} answers now. Install it with \`whereabouts native install\`, and open it with \`await openBackend({ backend: 'native' })\` of @whereabouts/runtime before the first tensor.`,
  );
}

/**
 * Whether the backend that answers TensorFlow.js calls now runs compiled functions.
 *
 * @example
 * ```ts
 * import { openBackend } from '@whereabouts/runtime';
 * import { canCompile } from '@whereabouts/xla';
 *
 * await openBackend({ backend: 'cpu' });
 * canCompile(); // => false
 * ```
 */
export function canCompile(): boolean {
  try {
    return runsGraphs(tf.backend());
  } catch {
    return false; // no backend is ready
  }
}

function runsGraphs(backend: object): backend is NativeBackend {
  return needed.every((name) => typeof (backend as Partial<NativeBackend>)[name] === 'function');
}
