import { countText, percentText } from '../display/number-text.js';
import type { TrainingMeasurement } from './measure-training.js';

/** A measurement for people. */
export function measurementLines(measured: TrainingMeasurement): string[] {
  const { step, data, training } = measured;
  const speed = (imagesPerSecond: number) => `${countText(Math.round(imagesPerSecond))} images/s`;
  return [
    `${measured.backend}, ${measured.executor}; ${countText(measured.parameters)} parameters, ${measured.batchSize} pictures per step, ${measured.steps} steps`,
    `first step     ${measured.firstStepSeconds.toFixed(1)} s`,
    `step alone     ${step.milliseconds.toFixed(1)} ms, ${speed(step.imagesPerSecond)} (median)`,
    `reading alone  ${speed(data.imagesPerSecond)}`,
    `training       ${training.milliseconds.toFixed(1)} ms per step, ${speed(training.imagesPerSecond)}, ${percentText(training.waitingShare)} of the time waiting for pictures`,
    `peak memory    ${countText(Math.round(measured.peakMebibytes))} MiB`,
  ];
}
