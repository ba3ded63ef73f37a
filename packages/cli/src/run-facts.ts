import type { OpenBackend } from '@whereabouts/runtime';
import type { TrainingStart } from '@whereabouts/trainer';
import { type DataDescription, describeData } from './environment.js';
import type { Chance } from './metrics-text.js';
import { countText } from './number-text.js';
import type { TrainingConfig } from './training-config.js';

/** What is known of a run when its first step begins. */
export interface RunFacts extends TrainingStart {
  readonly folder: string;
  readonly config: TrainingConfig;
  readonly backend: OpenBackend;
  readonly data: DataDescription;
  /** Files in the folder of the data that were not taken. */
  readonly ignored: readonly string[];
  /** What every metric reaches without a look at the pictures; for `classes.accuracy` the share of the largest class. */
  readonly chance: Chance;
}

/** The header of a run: what runs where on what, one fact per line. */
export function headerLines(facts: RunFacts): string[] {
  const { config, folder, steps, stepsPerEpoch, ignored } = facts;
  const { model, channels, depth, heads, imageSize, patchSize, positionEncoding } = config;
  const grid = imageSize / patchSize;
  return [
    ...backendLines(facts.backend),
    `model     ${model}: ${channels} channels, ${depth} blocks, ${heads} heads, ${countText(facts.parameters)} parameters, ${facts.executor}`,
    `tokens    ${imageSize} x ${imageSize} px in patches of ${patchSize} px: ${grid} x ${grid} = ${grid * grid} positions, encoding ${positionEncoding}`,
    `data      ${config.data}: ${describeData(facts.data)}`,
    ...(ignored.length === 0
      ? []
      : [`          ${ignored.length} other files were not taken, such as ${ignored[0]}`]),
    `training  ${config.epochs} epochs of ${stepsPerEpoch} steps of ${config.batchSize} pictures, ${steps} steps`,
    `run       ${folder}`,
  ];
}

/** The header's lines about what computes. */
function backendLines({ backend, device, tensorflowVersion, threads, skipped }: OpenBackend): string[] {
  const parts = [
    backend,
    `on ${device}`,
    ...(tensorflowVersion === undefined ? [] : [`TensorFlow ${tensorflowVersion}`]),
    ...(threads === undefined ? [] : [threads === 1 ? '1 thread' : `${threads} threads`]),
  ];
  return [
    `backend   ${parts.join(', ')}`,
    ...skipped.map((skip) => `          not ${skip.backend}: ${skip.reason}`),
  ];
}
