/**
 * How much of a number of steps is behind, from 0 to 1.
 *
 * @throws when there is no step to take
 */
export function shareOf(steps: number): (step: number) => number {
  if (!(steps > 0)) throw new Error(`A schedule was given ${steps} steps; it needs more than 0.`);
  return (step) => Math.min(1, step / steps);
}
