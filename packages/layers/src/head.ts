import type { Scalar, Tensor } from '@tensorflow/tfjs-core';
import type { FeatureSpec, Features, PositionEncodingKind } from './features.js';
import { type Grid, positionCount } from './grid.js';
import type { Layer } from './layer.js';
import type { Pass } from './pass.js';

/** What a head needs of a backbone; absent fields need nothing. */
export interface HeadNeeds {
  /** The stage it reads, counted from the finest; negative from the coarsest, so -1 is the last. */
  readonly stage?: number;
  /** The grid of that stage that it was made for, where another would give its labels another meaning. */
  readonly grid?: Grid;
  /** The channels of that stage that it was made for. */
  readonly channels?: number;
  /** Whether it reads `Features.pooled`, or of how many channels. */
  readonly pooled?: boolean | number;
  /** Whether it reads `Features.distilled`. */
  readonly distilled?: boolean;
  /** Whether the stage it reads must hold a token for every position of its grid. */
  readonly everyPosition?: boolean;
  /** Whether the stage it reads must hold tokens whose pixels are hidden from the model. */
  readonly hiddenContent?: boolean;
  /** The kinds of position encoding with which it makes sense. */
  readonly positionEncoding?: readonly PositionEncodingKind[];
}

/** What a head hands to the trainer for one batch. */
export interface HeadLoss {
  /** `[] float32`, the mean over whatever the head predicts. */
  readonly loss: Scalar;
  /** `[] float32` each, means over the same, for people to read; they have no gradient. */
  readonly metrics?: Readonly<Record<string, Scalar>>;
}

/**
 * Learns one thing from features. `Batch` is what it reads besides them (`{ classes }`, say), `Prediction` what it
 * hands over when used by itself.
 */
export interface Head<Batch, Prediction = Tensor> extends Layer<Features, Prediction> {
  readonly needs: HeadNeeds;
  /** Numbers that it reads from `Pass.scalars`, by name, and what they are where a training gives none. */
  readonly scalars?: Readonly<Record<string, number>>;
  readonly loss: (features: Features, batch: Batch, pass: Pass) => HeadLoss;
}

/**
 * Says what a head needs and a backbone doesn't offer, as the end of a sentence; undefined when all is there.
 *
 * @example
 * ```ts
 * import { unmetNeed } from '@whereabouts/layers';
 *
 * unmetNeed(
 *   { pooled: true },
 *   { contract: 1, stages: [{ grid: { rows: 4, columns: 4 }, channels: 8, length: 16 }], pooled: 0, positionEncoding: 'none' },
 * ); // => 'needs a pooled vector (a class token or an average), but the backbone pools nothing'
 * ```
 */
export function unmetNeed(needs: HeadNeeds, spec: FeatureSpec): string | undefined {
  const wantsPooled = needs.pooled !== undefined && needs.pooled !== false;
  if (wantsPooled && spec.pooled === 0)
    return 'needs a pooled vector (a class token or an average), but the backbone pools nothing';
  if (typeof needs.pooled === 'number' && needs.pooled !== spec.pooled)
    return `needs a pooled vector of ${needs.pooled} channels, but the backbone's has ${spec.pooled}`;
  if (needs.distilled === true && !spec.distilled)
    return 'needs a distilled vector (a distillation token), but the backbone hands over none';
  const stage = spec.stages.at(needs.stage ?? -1);
  if (stage === undefined) return `needs stage ${needs.stage}, but the backbone hands over ${stagesOf(spec)}`;
  const positions = positionCount(stage.grid);
  if (needs.grid !== undefined && sizeText(needs.grid) !== sizeText(stage.grid))
    return `needs a grid of ${sizeText(needs.grid)} (rows x columns), for which it was made, but the backbone's is ${sizeText(stage.grid)}`;
  if (needs.channels !== undefined && needs.channels !== stage.channels)
    return `needs tokens of ${needs.channels} channels, for which it was made, but the backbone's have ${stage.channels}`;
  if (needs.everyPosition === true && stage.length !== positions)
    return `needs a token for every one of the ${positions} positions of the grid, but the backbone hands over ${stage.length}`;
  if (needs.hiddenContent === true && (stage.contentGiven ?? stage.length) === stage.length)
    return `needs tokens whose pixels are hidden from the model, but the backbone sees the pixels of all ${stage.length}`;
  if (needs.positionEncoding !== undefined && !needs.positionEncoding.includes(spec.positionEncoding))
    return `needs a position encoding of the kind ${needs.positionEncoding.join(' or ')}, but the backbone's is ${spec.positionEncoding}`;
  return undefined;
}

const sizeText = ({ rows, columns }: Grid) => `${rows} x ${columns}`;

function stagesOf({ stages }: FeatureSpec): string {
  return stages.length === 1 ? 'one stage, number 0' : `${stages.length} stages, 0 to ${stages.length - 1}`;
}
