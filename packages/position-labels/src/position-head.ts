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

/** A head that learns positions: it reads nothing but features, and knows what guessing would reach. */
export interface PositionHead<Prediction = Tensor> extends Head<unknown, Prediction> {
  /** The value of the loss and of every metric, by the same names, that needs no look at the images. */
  readonly chance: Chance;
}

/** What every position head may be told. */
export interface PositionHeadOptions {
  /** Of the backbone that the head will sit on. */
  readonly spec: FeatureSpec;
  /** The stage it reads, counted from the finest, negative from the coarsest; -1, the last, unless given. */
  readonly stage?: number;
  /** Whether it reads half of the tokens' channels, as in the paper, or all; `half` unless given. */
  readonly channels?: 'half' | 'all';
  /** Outputs of the first and of the second of the three linear layers. */
  readonly hidden?: readonly [number, number];
  /** Of the first weights; 0 unless given. */
  readonly seed?: number;
}

/** What a position head found in its options. */
export interface ReadOptions {
  readonly needs: HeadNeeds;
  readonly stage: StageSpec;
  /** Channels of one token that the head reads. */
  readonly width: number;
}

/** Checks the options that all position heads share; `name` is the head's in the sentences that it throws. */
export function readOptions(options: PositionHeadOptions, name: string): ReadOptions {
  const { spec, channels = 'half', hidden } = options;
  const needs = { stage: options.stage ?? -1 };
  const unmet = unmetNeed(needs, spec);
  if (unmet !== undefined) throw new Error(`The ${name} ${unmet}.`);
  const stage = spec.stages.at(needs.stage) as StageSpec;
  if (channels === 'half' && stage.channels % 2 !== 0)
    throw new Error(
      `The ${name} reads half of the channels, but its stage has ${stage.channels}; choose an even number of channels, or channels: 'all'.`,
    );
  if (hidden?.some((size) => !Number.isInteger(size) || size < 1))
    throw new Error(`The ${name} got hidden: [${hidden}]; expected two whole numbers from 1 up.`);
  return { needs, stage, width: channels === 'half' ? stage.channels / 2 : stage.channels };
}

/** The tokens that a head reads. Another grid than promised would turn labels into other classes without a word. */
export function readTokens(features: Features, { needs, stage }: ReadOptions, name: string): TokenMap {
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
