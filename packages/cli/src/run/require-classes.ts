import { usageError } from '../command-line/usage-error.js';
import type { DataDescription } from './environment.js';

/**
 * Refuses data without labels.
 *
 * @throws when there are no classes
 */
export function requireClasses({ classes }: Pick<DataDescription, 'classes'>, path: string): void {
  if (classes.length > 0) return;
  throw usageError(
    `The pictures of ${path} have no labels, and this needs classes: give --data a folder with one folder of pictures per class. Without labels there is pretrain.`,
  );
}
