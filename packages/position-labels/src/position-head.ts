import type { Tensor } from '@tensorflow/tfjs-core';
import {
  type FeatureSpec,
  type Features,
  type Grid,
  type Head,
  type HeadNeeds,
  type StageSpec,
  type TokenMap,
  unmetNeed,
} from '@whereabouts/layers';
import type { Chance } from './chance.js';

/** A head that learns positions, and knows what guessing would reach; most read nothing but features. */
export interface PositionHead<Prediction = Tensor, Batch = unknown> extends Head<Batch, Prediction> {
  /** The value of the loss and of every metric, by the same names, that needs no look at the images. */
  readonly chance: Chance;
}

/** What every position head may be told. */
export interface HeadOptions {
  /** Of the backbone that the head will sit on. */
  readonly spec: FeatureSpec;
  /** The stage it reads, counted from the finest, negative from the coarsest; -1, the last, unless given. */
  readonly stage?: number;
  /** Of the first weights; 0 unless given. */
  readonly seed?: number;
}

/** What the heads of the paper may be told. */
export interface PositionHeadOptions extends HeadOptions {
  /** Whether it reads half of the tokens' channels, as in the paper, or all; `half` unless given. */
  readonly channels?: 'half' | 'all';
  /** Outputs of the first and of the second of the three linear layers. */
  readonly hidden?: readonly [number, number];
}

/** The stage that a position head sits on. */
export interface ReadStage {
  /** The head's, in the sentences that it throws. */
  readonly name: string;
  readonly needs: HeadNeeds;
  readonly stage: StageSpec;
}

/**
 * Finds the stage that a position head reads.
 *
 * @param needs what the head needs besides its stage
 * @throws when the backbone doesn't offer that
 */
export function readStage(options: HeadOptions, name: string, needs: HeadNeeds = {}): ReadStage {
  const general = { ...needs, stage: options.stage ?? -1 };
  const unmet = unmetNeed(general, options.spec);
  if (unmet !== undefined) throw new Error(`The ${name} ${unmet}.`);
  const stage = options.spec.stages.at(general.stage) as StageSpec;
  return { name, needs: { ...general, grid: stage.grid, channels: stage.channels }, stage };
}

/** Checks the options that the heads of the paper share, and says how many channels of a token they read. */
export function readOptions(
  options: PositionHeadOptions,
  name: string,
): ReadStage & { readonly width: number } {
  const { channels = 'half', hidden } = options;
  const read = readStage(options, name);
  const { stage } = read;
  if (channels === 'half' && stage.channels % 2 !== 0)
    throw new Error(
      `The ${name} reads half of the channels, but its stage has ${stage.channels}; choose an even number of channels, or channels: 'all'.`,
    );
  if (hidden?.some((size) => !Number.isInteger(size) || size < 1))
    throw new Error(`The ${name} got hidden: [${hidden}]; expected two whole numbers from 1 up.`);
  return { ...read, width: channels === 'half' ? stage.channels / 2 : stage.channels };
}

/** The tokens that a head reads. Another grid than promised would turn labels into other classes without a word. */
export function readTokens(features: Features, { name, needs, stage }: ReadStage): TokenMap {
  const map = features.stages.at(needs.stage ?? -1);
  if (map === undefined)
    throw new Error(`The ${name} needs stage ${needs.stage} of ${features.stages.length} stages.`);
  const text = ({ rows, columns }: Grid) => `${rows} x ${columns}`;
  if (text(map.grid) !== text(stage.grid))
    throw new Error(
      `The ${name} was made for a grid of ${text(stage.grid)} (rows x columns), but the features have ${text(map.grid)}; make it from the spec of this backbone.`,
    );
  return map;
}
