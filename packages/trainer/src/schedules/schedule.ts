/** A number that changes during training, by step counted from 0; of the step alone, so that a resumed training has it too. */
export type Schedule = (step: number) => number;

/** The value at a step of something that may be a plain number. */
export function valueAt(value: number | Schedule, step: number): number {
  return typeof value === 'number' ? value : value(step);
}
