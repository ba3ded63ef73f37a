import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  type Grid,
  type PositionEncodingKind,
  positionCount,
  type StageSpec,
  unmetNeed,
} from '@whereabouts/layers';
import { type AlikeTokens, alikeTokens } from './alike-tokens.js';
import { auditFindings } from './audit-findings.js';
import { type AuditImageSize, auditImages, type MakeAuditImages } from './audit-images.js';
import { type ProbeSettings, probePositions } from './probe-positions.js';
import { readStageTokens } from './read-stage-tokens.js';
import type { ShareInterval } from './share-interval.js';
import { positionVariables, silently } from './silence-variables.js';

/** What an audit is told. */
export interface AuditOptions {
  readonly backbone: Backbone;
  /** What images the backbone takes, in pixels. */
  readonly imageSize: AuditImageSize;
  /** The stage whose tokens are read, counted from the finest, negative from the coarsest; -1, the last, unless given. */
  readonly stage?: number;
  /**
   * The same backbone with something switched off, by what that is, such as
   * `{ 'the encoding': withoutEncoding(vit) }`: for what has no variables of its own, as a fixed table, padding or a mask.
   */
  readonly without?: Readonly<Record<string, Backbone>>;
  /** Images of each kind to learn from, and as many others to choose a probe by and to judge by; 64 unless given. */
  readonly images?: number;
  /** Steps that each probe learns; 200 unless given. */
  readonly steps?: number;
  /** Of images and probes; 0 unless given. */
  readonly seed?: number;
}

/** How often a probe was right about positions, and whether that is more than chance can explain. */
export interface PositionLeak {
  /** Share of the tokens, from 0 to 1. */
  readonly accuracy: number;
  /** The interval in which the accuracy lies with 99 % confidence. */
  readonly low: number;
  readonly high: number;
  /** Whether the whole interval lies above chance. */
  readonly aboveChance: boolean;
}

/** What probes found on both kinds of images. */
export interface LeakByImages {
  /** On images of one colour. */
  readonly constant: PositionLeak;
  /** On images of noise. */
  readonly noise: PositionLeak;
}

/** What an audit found. */
export interface PositionAudit {
  readonly grid: Grid;
  /** How the backbone says that it tells positions. */
  readonly positionEncoding: PositionEncodingKind;
  /** What in it tells positions, as it says itself; absent where it says nothing. */
  readonly positionSources?: readonly string[];
  /** What a guess reaches: one position in all of the grid. */
  readonly chance: number;
  readonly asItIs: LeakByImages;
  /** By what was switched off, or set to zero. */
  readonly without: Readonly<Record<string, LeakByImages>>;
  /** How many tokens of a constant image are alike, and how deep those reach into the grid that are not. */
  readonly constantImage: AlikeTokens;
  /** The same for people: sentences. */
  readonly findings: readonly string[];
}

/**
 * Finds out whether a backbone tells its tokens where they are, and what in it does: a probe learns positions from
 * tokens of images that hold none, of one colour or of noise, and is judged on others. What is above chance, the backbone gave
 * away. Then once more for each part that might have done it: `without`, and variables whose paths say position, encoding
 * or relative, set to zero meanwhile.
 *
 * A probe reads what one linear layer can of the channels and their squares. At chance it proves no more than that; above chance, it proves a leak. Runs on the
 * current backend, op by op; nothing of the backbone is trained or changed.
 *
 * @throws when the backbone lacks the stage
 * @source Ours; Zhang & Gong, AAAI 2023, and Wang et al. 2023 (DropPos) remove encodings so that positions are worth learning
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { auditPositions } from '@whereabouts/position-labels';
 * import { vit } from '@whereabouts/vit';
 *
 * const size = { imageSize: 8, patchSize: 4, channels: 16, depth: 1, heads: 2 };
 * const options = { imageSize: { height: 8, width: 8 }, images: 8, steps: 100 };
 * const told = await auditPositions({ backbone: vit(size), ...options });
 * told.asItIs.constant.accuracy; // => 1
 * told.findings[0]; // => 'positionEncoding gives position away: without it, accuracy on constant images falls from 100.0 % to 25.0 %, which is chance (25.0 %).'
 * const untold = await auditPositions({ backbone: vit({ ...size, positionEncoding: 'none' }), ...options });
 * untold.asItIs.constant.aboveChance; // => false
 * ```
 */
export async function auditPositions(options: AuditOptions): Promise<PositionAudit> {
  const { backbone, stage = -1, without = {}, images = 64, steps = 200, seed = 0 } = options;
  const unmet = unmetNeed({ stage }, backbone.spec);
  if (unmet !== undefined) throw new Error(`The audit ${unmet}.`);
  const { grid } = backbone.spec.stages.at(stage) as StageSpec;
  const chance = 1 / positionCount(grid);
  const kinds = auditImages(options.imageSize, seed);
  const settings = { steps, deviations: 2.576, seed };

  const measure = async (audited: Backbone): Promise<LeakByImages> => {
    const leak = async (make: MakeAuditImages) =>
      againstChance(await probe(audited, stage, make, images, settings), chance);
    return { constant: await leak(kinds.constant), noise: await leak(kinds.noise) };
  };
  const asItIs = await measure(backbone);
  const others: Record<string, LeakByImages> = {};
  for (const [name, other] of Object.entries(without)) others[name] = await measure(other);
  const groups = Object.entries(positionVariables(backbone.variables));
  for (const [name, variables] of groups) others[name] = await silently(variables, () => measure(backbone));
  if (groups.length > 1) {
    const all = Object.assign({}, ...groups.map(([, variables]) => variables));
    others['all of these variables'] = await silently(all, () => measure(backbone));
  }
  const found = {
    grid,
    positionEncoding: backbone.spec.positionEncoding,
    ...(backbone.spec.positionSources && { positionSources: backbone.spec.positionSources }),
    chance,
    asItIs,
    without: others,
    constantImage: await lookAt(backbone, stage, kinds.constant),
  };
  return { ...found, findings: auditFindings(found) };
}

async function probe(
  backbone: Backbone,
  stage: number,
  make: MakeAuditImages,
  images: number,
  settings: ProbeSettings,
): Promise<ShareInterval> {
  const read = (name: string) => {
    const all = make(name, images);
    const map = readStageTokens(backbone, stage, all);
    all.dispose();
    return map;
  };
  const maps = { learnFrom: read('learn'), chooseBy: read('choose'), judgeBy: read('judge') };
  const interval = await probePositions(maps, settings);
  for (const { tokens, positions } of Object.values(maps)) tf.dispose([tokens, positions]);
  return interval;
}

async function lookAt(backbone: Backbone, stage: number, make: MakeAuditImages): Promise<AlikeTokens> {
  const image = make('look', 1);
  const map = readStageTokens(backbone, stage, image);
  const alike = await alikeTokens(map);
  tf.dispose([image, map.tokens, map.positions]);
  return alike;
}

function againstChance({ share, low, high }: ShareInterval, chance: number): PositionLeak {
  return { accuracy: share, low, high, aboveChance: low > chance };
}
