import type { Metrics } from '@whereabouts/trainer';
import { percentText } from './number-text.js';

/** What a metric of the same name reaches without a look at the pictures. */
export type Chance = Readonly<Record<string, number>>;

const termsOf = (metrics: Metrics) =>
  Object.keys(metrics)
    .filter((name) => name.endsWith('.loss'))
    .map((name) => name.slice(0, -'.loss'.length));

/** The loss and its terms on one line, such as `loss 3.412, classes 1.903 (31.3 %), absolute 3.018 (12.5 %)`. */
export function stepText(metrics: Metrics): string {
  const terms = termsOf(metrics).map((term) => {
    const accuracy = metrics[`${term}.accuracy`];
    return `${term} ${lossText(metrics[`${term}.loss`])}${accuracy === undefined ? '' : ` (${percentText(accuracy)})`}`;
  });
  return [`loss ${lossText(metrics.loss)}`, ...terms].join(', ');
}

/**
 * An evaluation on one line, every accuracy beside what needs no look at the pictures, such as
 * `classes accuracy 61.2 % (largest class 24.0 %), absolute accuracy 45.1 % (chance 1.6 %), loss 2.104`.
 */
export function evaluationText(metrics: Metrics, chance: Chance): string {
  const accuracies = termsOf(metrics).flatMap((term) => {
    const name = `${term}.accuracy`;
    const value = metrics[name];
    return value === undefined ? [] : [`${term} accuracy ${percentText(value)}${chanceText(name, chance)}`];
  });
  return [...accuracies, `loss ${lossText(metrics.loss)}`].join(', ');
}

function chanceText(metric: string, chance: Chance): string {
  const value = chance[metric];
  if (value === undefined) return '';
  return ` (${metric === 'classes.accuracy' ? 'largest class' : 'chance'} ${percentText(value)})`;
}

function lossText(loss: number | undefined): string {
  return loss === undefined ? '?' : loss.toPrecision(4);
}
