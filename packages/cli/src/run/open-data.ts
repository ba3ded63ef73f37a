import { type DataSet, fashionMnist, imageFolder, type Split, subset } from '@whereabouts/data';
import { builtInData } from '../settings/data-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';
import type { DataDescription } from './environment.js';

/** The data of a run. */
export interface OpenedData {
  readonly dataSet: DataSet;
  readonly description: DataDescription;
}

/**
 * Opens what a configuration trains on, with no more pictures per class than it says.
 *
 * @throws when there is no such folder, or its pictures can't be used: one sentence that says why and what to do
 */
export async function openData({
  data: { path, perClass },
  evaluation,
  training: { seed },
}: TrainingConfig): Promise<OpenedData> {
  const opened = path === builtInData ? await fashionMnist() : await imageFolder(path, { seed });
  const few = (split: Split, count: number | 'all') =>
    count === 'all' ? split : subset(split, { perClass: count, seed });
  const dataSet: DataSet = {
    ...opened,
    train: few(opened.train, perClass),
    validation: few(opened.validation, evaluation.perClass),
    ...(opened.test === undefined ? {} : { test: few(opened.test, evaluation.perClass) }),
  };
  const { train, validation, test, classNames } = dataSet;
  const splits = { train, validation, ...(test === undefined ? {} : { test }) };
  const pictures = Object.fromEntries(Object.entries(splits).map(([name, { length }]) => [name, length]));
  return { dataSet, description: { classes: classNames, pictures, normalisation: opened.normalisation } };
}

/**
 * The share of a split's largest class: the accuracy of always answering with it.
 *
 * @example
 * ```ts
 * import { largestClassShare } from 'whereabouts';
 *
 * largestClassShare({ classes: Int32Array.of(0, 1, 1, 1) }); // => 0.75
 * ```
 */
export function largestClassShare({ classes }: Pick<Split, 'classes'>): number {
  const counts = new Map<number, number>();
  for (const label of classes) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(0, ...counts.values()) / Math.max(1, classes.length);
}
