import type { EndedRun } from './display.js';
import { evaluationText } from './metrics-text.js';

/** How a training ended, and what to do next. */
export function endLines(result: EndedRun): string[] {
  const { folder, step, steps, reason, finished, evaluation, best, chance, imagesPerSecond } = result;
  if (!finished)
    return [
      `Stopped after step ${step} of ${steps}${reason === 'aborted' ? '' : ` (${reason})`}${step === 0 ? '' : '; a checkpoint is written'}. Go on with: whereabouts train --resume ${folder}`,
    ];
  return [
    ...(reason === 'early stopping' ? [`Stopped early, after step ${step} of ${steps}.`] : []),
    ...(evaluation === undefined ? [] : [`Validation: ${evaluationText(evaluation, chance)}.`]),
    ...(best === undefined ? [] : [`Best: ${best.metric} ${best.value.toFixed(4)} at step ${best.step}.`]),
    ...(imagesPerSecond === undefined
      ? ['All steps were done before.']
      : [`${imagesPerSecond.toFixed(0)} images/s while training.`]),
    ...(result.reconstructions === undefined
      ? []
      : [
          `Seen, completed, original: ${result.reconstructions[0]} and ${result.reconstructions.length - 1} more.`,
        ]),
    `The run is in ${folder}.`,
    ...(result.report === undefined ? [] : [`Look at it: ${result.report}`]),
  ];
}
