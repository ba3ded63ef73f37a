import nest from '../examples/third-party-backbone-nest/nest.mjs';
import pvt from '../examples/third-party-backbone-pvt/pvt.mjs';
import type { Backbone, FeatureSpec, Head } from '../packages/layers/src/index.js';
import { classification } from '../packages/layers/src/index.js';
import { pixelDecoder } from '../packages/mae/src/index.js';
import {
  absolutePositions,
  droppedPositions,
  jigsawPositions,
  linearPositions,
  relativeDirections,
  relativeOffsets,
  relativePositions,
} from '../packages/position-labels/src/index.js';
import { swin } from '../packages/swin/src/index.js';
import { masked, maskedKeys, partialEncoding, vit, withoutEncoding } from '../packages/vit/src/index.js';

/** Of every backbone below. */
export const imageSize = { height: 16, width: 24 };

const small = { imageSize, patchSize: 4, channels: 12, depth: 1, heads: 2 };
const whole = () => vit(small);
const windows = { imageSize, patchSize: 2, windowSize: 4, channels: 8, depths: [2, 2], heads: [2, 2] };

const levels = [
  { channels: 8, depth: 1, heads: 1, reduction: 2, mlpRatio: 2 },
  { channels: 16, depth: 1, heads: 2, reduction: 1, mlpRatio: 2 },
];

/** The rows of the matrix; one more is one line. */
export const backbones: Readonly<Record<string, () => Backbone>> = {
  ViT: whole,
  'ViT, nothing pooled': () => vit({ ...small, pooling: 'none' }),
  'ViT, conditional encoding': () => vit({ ...small, positionEncoding: 'conditional' }),
  DeiT: () => vit({ ...small, distillationToken: true }),
  Swin: () => swin(windows),
  'Swin, last stage not merged': () => swin({ ...windows, mergeLastStage: false }),
  'NesT (a stranger)': () =>
    nest({ imageSize, patchSize: 2, depths: [1, 1], channels: 8, heads: 2, blockSize: 2 }),
  'PVT (a stranger)': () => pvt({ imageSize, patchSize: 4, stages: levels }),
  '`masked(vit)`': () => masked(whole(), { keepRatio: 0.5 }),
  '`withoutEncoding(vit)`': () => withoutEncoding(whole()),
  '`masked(withoutEncoding(vit))`': () => masked(withoutEncoding(whole()), { keepRatio: 0.5 }),
  '`maskedKeys(withoutEncoding(vit))`': () => maskedKeys(withoutEncoding(whole()), { keepRatio: 0.5 }),
  '`partialEncoding(vit)`': () => partialEncoding(whole(), { keepRatio: 0.5, givenRatio: 0.25 }),
};

/** The columns of the matrix; one more is one line. */
export const heads: Readonly<Record<string, (spec: FeatureSpec) => Head<never, unknown>>> = {
  absolutePositions: (spec) => absolutePositions({ spec }),
  relativePositions: (spec) => relativePositions({ spec }),
  linearPositions: (spec) => linearPositions({ spec }),
  jigsawPositions: (spec) => jigsawPositions({ spec }),
  relativeOffsets: (spec) => relativeOffsets({ spec, hidden: 16, pairs: 8 }),
  relativeDirections: (spec) => relativeDirections({ spec }),
  droppedPositions: (spec) => droppedPositions({ spec, decoder: { channels: 12, depth: 1, heads: 2 } }),
  classification: (spec) => classification({ spec, classes: 3 }),
  pixelDecoder: (spec) => pixelDecoder({ spec, patchSize: 4, channels: 8, depth: 1, heads: 2 }),
};

/** Why a head refuses a backbone, in few words; undefined where it doesn't. */
export function refusal(
  head: (spec: FeatureSpec) => Head<never, unknown>,
  spec: FeatureSpec,
): string | undefined {
  try {
    head(spec);
    return undefined;
  } catch (error) {
    const sentence = error instanceof Error ? error.message : String(error);
    return inShort(/ needs (.*?), but /.exec(sentence)?.[1] ?? sentence);
  }
}

function inShort(need: string): string {
  return need
    .replace(/^a position encoding of the kind (.*)$/, 'needs $1 encoding')
    .replace(/^a pooled vector.*$/, 'needs pooling')
    .replace(/^a token for every .*$/, 'needs every position')
    .replace(/^stage (.*)$/, 'needs stage $1')
    .replace(/^.*paints patches that its backbone doesn't see.*$/, 'needs patches left out');
}

/** A table in Markdown, its columns aligned. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}
