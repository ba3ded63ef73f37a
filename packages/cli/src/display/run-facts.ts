import { type FeatureSpec, positionCount } from '@whereabouts/layers';
import { keptCount } from '@whereabouts/patch-embedding';
import type { OpenBackend } from '@whereabouts/runtime';
import type { TrainingStart } from '@whereabouts/trainer';
import { type BackboneFile, shortHash } from '../backbone/backbone-file.js';
import { type DataDescription, describeData } from '../run/environment.js';
import { namedModels } from '../settings/model-families.js';
import type { TrainingConfig } from '../settings/training-config.js';
import type { Chance } from './metrics-text.js';
import { countText } from './number-text.js';

/** What is known of a run when its first step begins. */
export interface RunFacts extends TrainingStart {
  readonly folder: string;
  readonly config: TrainingConfig;
  readonly backend: OpenBackend;
  readonly data: DataDescription;
  /** Of the backbone. */
  readonly spec: FeatureSpec;
  /** The module that made the backbone; absent for a built-in one. */
  readonly backboneFile?: BackboneFile;
  /** What the data was found to be. */
  readonly title: string;
  /** Files in the folder of the data that were not taken. */
  readonly ignored: readonly string[];
  /** What is worth knowing about where the first weights come from. */
  readonly notes: readonly string[];
  /** What every metric reaches without a look at the pictures; for `classes.accuracy` the share of the largest class. */
  readonly chance: Chance;
}

/** The header of a run: what runs where on what, one fact per line. */
export function headerLines(facts: RunFacts): string[] {
  const { config, folder, steps, stepsPerEpoch, ignored } = facts;
  const { data, training, optimiser } = config;
  return [
    ...backendLines(facts.backend),
    ...(facts.backboneFile === undefined ? builtInLines(facts) : moduleLines(facts, facts.backboneFile)),
    ...maskingLines(config),
    `data      ${data.path}, ${facts.title}: ${describeData(facts.data)}`,
    ...(ignored.length === 0
      ? []
      : [`          ${ignored.length} other files were not taken, such as ${ignored[0]}`]),
    ...facts.notes.map((note) => `weights   ${note}`),
    `training  ${training.epochs} epochs of ${stepsPerEpoch} steps of ${training.batchSize * optimiser.accumulation} pictures, ${steps} steps`,
    `run       ${folder}`,
  ];
}

/** The header's line about what is hidden and painted; none where nothing is. */
function maskingLines({ masking, data, model }: TrainingConfig): string[] {
  const { keepRatio, pixelTarget, cellSize, decoderChannels, decoderDepth, decoderHeads } = masking;
  if (keepRatio === 'none') return [];
  const seen = (side: number) => keptCount('keepRatio', keepRatio, (data.imageSize / side) ** 2);
  const words = {
    vit: () =>
      `${seen(model.patchSize)} positions are seen, the others painted (${pixelTarget} pixels) by a decoder of ${decoderChannels} channels, ${decoderDepth} blocks, ${decoderHeads} heads`,
    swin: () =>
      `${seen(cellSize)} of ${(data.imageSize / cellSize) ** 2} cells of ${cellSize} px are seen, the others painted (${pixelTarget} pixels) by a linear layer`,
  };
  return [`masked    ${words[namedModels[model.name].family]()}`];
}

/** The header's lines about a built-in model. */
function builtInLines({ config, parameters, executor, spec }: RunFacts): string[] {
  const { imageSize } = config.data;
  const { name, channels, depth, heads, patchSize, positionEncoding } = config.model;
  const encoding = positionEncoding === 'none' ? spec.positionEncoding : positionEncoding;
  const stages = spec.stages.map(({ grid, channels: width }) => {
    const positions = `${grid.rows} x ${grid.columns} = ${positionCount(grid)} positions`;
    return spec.stages.length === 1 ? positions : `${positions} of ${width} channels`;
  });
  return [
    `model     ${name}: ${channels} channels, ${depth} blocks, ${heads} heads, ${countText(parameters)} parameters, ${executor}`,
    `tokens    ${imageSize} x ${imageSize} px in patches of ${patchSize} px: ${stages.join('; ')}, encoding ${encoding}`,
  ];
}

/** The header's lines about the backbone of a module, of which no more is known than what it says of itself. */
function moduleLines({ config, parameters, executor, spec }: RunFacts, backboneFile: BackboneFile): string[] {
  const { imageSize } = config.data;
  const { backboneOptions } = config.model;
  const stages = spec.stages.map(({ grid, channels, length }) => {
    const positions = positionCount(grid);
    const tokens = length === positions ? '' : `${length} tokens on `;
    return `${tokens}${grid.rows} x ${grid.columns} = ${positions} positions of ${channels} channels`;
  });
  return [
    `model     ${backboneFile.file}: ${countText(parameters)} parameters, ${executor}`,
    `          SHA-256 ${shortHash(backboneFile)}..., without what it imports; given ${JSON.stringify(backboneOptions)}`,
    `tokens    ${imageSize} x ${imageSize} px: ${stages.join('; ')}; encoding ${spec.positionEncoding}`,
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
