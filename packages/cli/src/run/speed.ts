/** How fast a training runs. */
export interface Speed {
  /** Adds a step: what it saw, and how long it and the wait for its pictures took. */
  readonly add: (step: {
    readonly images: number;
    readonly stepSeconds: number;
    readonly waitSeconds: number;
  }) => void;
  /** Of the last steps; 0 before the first. */
  readonly imagesPerSecond: () => number;
  /** Of the last steps; 0 before the first. */
  readonly secondsPerStep: () => number;
}

/**
 * Measures how fast a training runs.
 *
 * @param window how many of the last steps count; all of them unless given
 */
export function measureSpeed(window = Number.POSITIVE_INFINITY): Speed {
  const steps: { images: number; seconds: number }[] = [];
  const sum = (field: 'images' | 'seconds') => steps.reduce((total, step) => total + step[field], 0);
  return {
    add: ({ images, stepSeconds, waitSeconds }) => {
      steps.push({ images, seconds: stepSeconds + waitSeconds });
      if (steps.length > window) steps.shift();
    },
    imagesPerSecond: () => (steps.length === 0 ? 0 : sum('images') / sum('seconds')),
    secondsPerStep: () => (steps.length === 0 ? 0 : sum('seconds') / steps.length),
  };
}
