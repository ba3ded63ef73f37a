import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { SavedModel } from '../graph/saved-model.js';
import { encodeSavedModel, TAG } from './encode-saved-model.js';
import { type NativeBackend, nativeBackend } from './native-backend.js';
import { signatureCall } from './signature-call.js';

/** A model that is loaded, with variables of its own. */
export interface Session {
  /**
   * Runs what the outputs of a signature depend on, and blocks until they are there; the caller owns the tensors that
   * it gives, by their names.
   *
   * @throws when the inputs are not what the signature says, or TensorFlow fails
   */
  readonly run: (signature: string, inputs: Readonly<Record<string, tf.Tensor>>) => Record<string, tf.Tensor>;
  /** Frees the graph and its variables. */
  readonly dispose: () => void;
}

/**
 * Loads a model into the native engine of this process.
 *
 * @throws when another engine answers, or TensorFlow refuses the graph
 */
export function openSession(model: SavedModel): Session {
  const backend = nativeBackend();
  const calls = new Map(
    Object.entries(model.signatures).map(([name, signature]) => [name, signatureCall(name, signature)]),
  );
  const id = load(backend, encodeSavedModel(model));
  let open = true;
  return {
    run: (name, inputs) => {
      if (!open) throw new Error(`"${name}" cannot run: this session was disposed.`);
      // The tensors that come out are registered with whatever backend answers.
      if ((tf.backend() as object) !== backend)
        throw new Error(
          `"${name}" cannot run: its session belongs to a native engine, and the backend ${tf.getBackend()} answers now. Set the native one again by tf.setBackend('tensorflow').`,
        );
      const call = calls.get(name);
      if (call === undefined)
        throw new Error(
          `There is no signature "${name}"; there are ${[...calls.keys()].join(', ') || 'none'}.`,
        );
      const tensors = call.ordered(inputs);
      if (call.fetches.length === 0) return {};
      const results = explained(`TensorFlow could not run "${name}"`, () =>
        tf.tidy(() => backend.runSavedModel(id, tensors, call.inputInfos, call.fetches)),
      );
      return Object.fromEntries(
        call.outputNames.map((output, index) => [output, results[index] as tf.Tensor]),
      );
    },
    dispose: () => {
      if (open) backend.deleteSavedModel(id);
      open = false;
    },
  };
}

function load(backend: NativeBackend, bytes: Uint8Array): number {
  const folder = mkdtempSync(join(tmpdir(), 'whereabouts-graph-'));
  try {
    writeFileSync(join(folder, 'saved_model.pb'), bytes);
    return explained('TensorFlow could not load the graph', () =>
      backend.loadSavedModelMetaGraph(folder, TAG),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function explained<Result>(what: string, run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    throw new Error(`${what}. ${(error as Error).message}`, { cause: error });
  }
}
