import { z } from 'zod';
import type { Setting } from './setting.js';

/** A number that goes from one to another in some epochs, from the start of the training, and then stays. */
export interface ScheduleSetting {
  readonly from: number;
  readonly to: number;
  readonly shape: 'linear' | 'cosine';
  readonly epochs: number | 'all';
}

/** A number that is the same all the time, or follows a schedule. */
export type Scheduled = number | ScheduleSetting;

/** A number from 0 up that may follow a schedule. */
export function scheduled(
  about: Omit<Setting<Scheduled>, 'schema' | 'type' | 'expected'>,
): Setting<Scheduled> {
  const value = z.number().min(0);
  const schedule = z.strictObject({
    from: value,
    to: value,
    shape: z.enum(['linear', 'cosine']).default('linear'),
    epochs: z.union([z.literal('all'), z.number().gt(0)]).default('all'),
  });
  return {
    type: 'schedule',
    schema: z.union([value, schedule]) as z.ZodType<Scheduled>,
    expected:
      'a number from 0 up, or a schedule: from and to, and perhaps shape (linear or cosine) and epochs, such as from=0.5,to=0,epochs=20',
    ...about,
  };
}

/** Whether a scheduled number is ever above 0. */
export function isEverAbove0(value: Scheduled): boolean {
  return typeof value === 'number' ? value > 0 : value.from > 0 || value.to > 0;
}
