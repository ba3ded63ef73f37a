/** Listening for Ctrl-C and for a request to end. */
export interface StopSignals {
  /** Aborted by the first of them; for `train`. */
  readonly signal: AbortSignal;
  /** What a process ended by it exits with, by convention 128 + the number of the signal; undefined before. */
  readonly exitCode: () => number | undefined;
  /** Listens no longer: Ctrl-C ends the process again. */
  readonly dispose: () => void;
}

const numbers = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Lets the first Ctrl-C (or SIGTERM) ask for an orderly stop and the second end the process at once.
 *
 * @param onFirst called when a stop is asked for; says so on the error output unless given
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { variable } from '@whereabouts/layers';
 * import { stopSignals, train } from '@whereabouts/trainer';
 *
 * const variables = { x: variable(tf.scalar(3)) };
 * const objective = {
 *   variables, undecayed: [], weights: { square: 1 },
 *   terms: () => ({ square: { loss: tf.square(variables.x) as tf.Scalar } }),
 * };
 * const batches = { length: 20, async *epoch() { for (let i = 0; i < 20; i += 1) yield {}; } };
 *
 * const stop = stopSignals();
 * const { reason } = await train({ objective, batches, epochs: 1, learningRate: 0.1, signal: stop.signal });
 * stop.dispose();
 * process.exitCode = stop.exitCode() ?? 0;
 * reason; // => "all steps"
 * ```
 */
export function stopSignals(onFirst: () => void = sayThatItStops): StopSignals {
  const controller = new AbortController();
  let exitCode: number | undefined;
  const receive = (name: NodeJS.Signals) => {
    if (exitCode !== undefined) process.exit(exitCode);
    exitCode = 128 + numbers[name as keyof typeof numbers];
    controller.abort();
    onFirst();
  };
  for (const name of Object.keys(numbers)) process.on(name, receive);
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    dispose: () => {
      for (const name of Object.keys(numbers)) process.off(name, receive);
    },
  };
}

function sayThatItStops(): void {
  console.error('Stopping after this step; press Ctrl-C again to stop at once.');
}
