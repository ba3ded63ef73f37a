import {
  type DataSet,
  fashionMnist,
  type Normalisation,
  type OpenDataSetOptions,
  openDataSet,
  type Split,
  subset,
} from '@whereabouts/data';
import type { DataDescription } from '../run/environment.js';
import { builtInData, dataSettings } from '../settings/data-settings.js';
import type { TrainingConfig } from '../settings/training-config.js';

/** The data of a run. */
export interface OpenedData {
  readonly dataSet: DataSet;
  /** What the data was found to be, for people. */
  readonly title: string;
  readonly description: DataDescription;
}

/**
 * Opens what a configuration trains on, with no more pictures per class than it says.
 *
 * @throws when there is no such folder, or its pictures can't be used: one sentence that says why and what to do
 */
export async function openData(config: TrainingConfig): Promise<OpenedData> {
  const { data, evaluation, training } = config;
  const { title, dataSet: opened } = await openAny(config);
  const few = (split: Split, count: number | 'all') =>
    count === 'all' ? split : subset(split, { perClass: count, seed: training.seed });
  const dataSet: DataSet = {
    ...opened,
    train: few(opened.train, data.perClass),
    validation: few(opened.validation, evaluation.perClass),
    ...(opened.test === undefined ? {} : { test: few(opened.test, evaluation.perClass) }),
    normalisation: normalisationOf(data) ?? opened.normalisation,
  };
  const { train, validation, test, classNames: classes, normalisation } = dataSet;
  const splits = { train, validation, ...(test === undefined ? {} : { test }) };
  const pictures = Object.fromEntries(Object.entries(splits).map(([name, { length }]) => [name, length]));
  return { dataSet, title, description: { classes, pictures, normalisation } };
}

async function openAny(config: TrainingConfig): Promise<{ title: string; dataSet: DataSet }> {
  const { path } = config.data;
  if (path === builtInData) return { title: 'the built-in set', dataSet: await fashionMnist() };
  return await openDataSet(path, openingOptions(config)).catch((error: Error) => {
    throw new Error(inFlags(error.message), { cause: error });
  });
}

/** Calls an option of the data as the flag that sets it. */
function inFlags(message: string): string {
  return message.replaceAll(/unreadable: \{ limit: (\d+) \}/g, '--unreadable-limit $1');
}

/** What was asked for and isn't the default: not every layout has every option, and one that hasn't says so. */
function openingOptions({ data, training }: TrainingConfig): OpenDataSetOptions {
  const { layout, validationShare, unreadableLimit, pixelLimit, cacheMebibytes } = data;
  return {
    seed: training.seed,
    ...(layout === 'auto' ? {} : { layout }),
    ...(validationShare === dataSettings.validationShare.default ? {} : { validationShare }),
    ...(unreadableLimit === 0 ? {} : { unreadable: { limit: unreadableLimit } }),
    ...(pixelLimit === dataSettings.pixelLimit.default ? {} : { pixelLimit }),
    ...(cacheMebibytes === dataSettings.cacheMebibytes.default ? {} : { keepMebibytes: cacheMebibytes }),
  };
}

function normalisationOf({ mean, deviation }: TrainingConfig['data']): Normalisation | undefined {
  return mean === 'auto' || deviation === 'auto' ? undefined : { mean, deviation };
}

/**
 * The share of a split's largest class: the accuracy of always answering with it. 0 without labels.
 *
 * @example
 * ```ts
 * import { largestClassShare } from 'whereabouts';
 *
 * largestClassShare({ classes: Int32Array.of(0, 1, 1, 1) }); // => 0.75
 * ```
 */
export function largestClassShare({ classes = new Int32Array() }: Pick<Split, 'classes'>): number {
  const counts = new Map<number, number>();
  for (const label of classes) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Math.max(0, ...counts.values()) / Math.max(1, classes.length);
}
