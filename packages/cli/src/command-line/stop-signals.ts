/** Listening for Ctrl-C and for a request to end. */
export interface StopSignals {
  /** What a process ended by it exits with, by convention 128 + the number of the signal; undefined before. */
  readonly exitCode: () => number | undefined;
  readonly dispose: () => void;
}

const numbers = { SIGINT: 2, SIGTERM: 15 } as const;

/**
 * Lets the first Ctrl-C (or SIGTERM) ask for an orderly stop and the second end the process at once.
 *
 * @param onFirst called when a stop is asked for
 */
export function stopSignals(onFirst: () => void): StopSignals {
  let exitCode: number | undefined;
  const receive = (name: NodeJS.Signals) => {
    if (exitCode !== undefined) process.exit(exitCode);
    exitCode = 128 + numbers[name as keyof typeof numbers];
    onFirst();
  };
  for (const name of Object.keys(numbers)) process.on(name, receive);
  return {
    exitCode: () => exitCode,
    dispose: () => {
      for (const name of Object.keys(numbers)) process.off(name, receive);
    },
  };
}
