import { classTable, drawConfusion } from './draw-confusion.js';
import { drawDistances } from './draw-distances.js';
import { drawPositionMap } from './draw-position-map.js';
import { escapeHtml } from './escape-html.js';
import type { AttentionMap, ClassJudgement, FeatureMap, Judgement, PositionJudgement } from './judgement.js';
import { percentText } from './number-text.js';
import { image, quiet, section } from './parts.js';
import type { RunReport } from './run-report.js';

/** What a run says of pictures: classes, places and painted pictures, and why something is left out. */
export function judgementSections(run: RunReport, ofWhich: string): readonly string[] {
  const { judgement, reconstructions = [], leftOut = [] } = run;
  return [
    ...(judgement?.classes ? [section(`Classes${ofWhich}`, classes(judgement, judgement.classes))] : []),
    ...(judgement?.positions ? [section(`Places${ofWhich}`, places(judgement, judgement.positions))] : []),
    ...(judgement?.attention ? [section(`Attention${ofWhich}`, attention(judgement.attention))] : []),
    ...(judgement?.features ? [section(`Features${ofWhich}`, features(judgement.features))] : []),
    ...(reconstructions.length > 0 ? [section(`Painted${ofWhich}`, painted(reconstructions))] : []),
    ...(leftOut.length > 0
      ? [section(`Left out${ofWhich}`, leftOut.map((reason) => quiet(escapeHtml(reason))).join(''))]
      : []),
  ];
}

function judged({ split, pictures, step }: Judgement): string {
  return quiet(
    `${pictures} ${escapeHtml(split)} pictures, every patch of them seen, by the weights of step ${step}.`,
  );
}

function classes(judgement: Judgement, of: ClassJudgement): string {
  const mistakes = of.mistakes.map(
    ({ picture, truth, answer, probability }) =>
      `<figure>${image(picture, `a picture of ${truth}`)}<figcaption>${escapeHtml(truth)}, taken for ${escapeHtml(answer)} (${percentText(probability)})</figcaption></figure>`,
  );
  return [
    judged(judgement),
    `<div class="pair"><figure>${drawConfusion(of)}${quiet('Rows: what it is. Columns, in the same order: what it was taken for. The darker, the larger the share of the row.')}</figure>${classTable(of)}</div>`,
    '<h3>Most confident mistakes</h3>',
    mistakes.length === 0 ? quiet('None.') : `<div class="pictures">${mistakes.join('')}</div>`,
  ].join('');
}

function places(judgement: Judgement, of: PositionJudgement): string {
  const puzzles = of.puzzles.map(
    ({ original, together, right, patches }) =>
      `<figure><div class="twins">${image(original, 'the picture')}${image(together, 'the picture as put together')}</div><figcaption>${right} of ${patches} patches where they belong</figcaption></figure>`,
  );
  return [
    judged(judgement),
    '<div class="charts">',
    `<figure><figcaption>accuracy by cell</figcaption>${drawPositionMap(of)}${quiet('The darker, the more tokens were placed right. A line leads from a cell to where its tokens were placed on average, with a dot.')}</figure>`,
    `<figure><figcaption>cells off</figcaption>${drawDistances(of)}${quiet('Share of tokens; dashed: guesses.')}</figure>`,
    '</div>',
    '<h3>Put back together</h3>',
    quiet('Left the picture, right its patches where the model says they belong, each cell once.'),
    `<div class="pictures wide">${puzzles.join('')}</div>`,
  ].join('');
}

function attention(maps: readonly AttentionMap[]): string {
  const rows = maps.map(({ picture, heads, rollout }) => {
    const shown = [
      `<figure>${image(picture, 'the picture')}<figcaption>picture</figcaption></figure>`,
      `<figure>${image(rollout, 'attention through all blocks')}<figcaption>all blocks</figcaption></figure>`,
      ...heads.map(
        (head, index) =>
          `<figure>${image(head, `attention of head ${index + 1}`)}<figcaption>head ${index + 1}</figcaption></figure>`,
      ),
    ];
    return `<div class="pictures narrow">${shown.join('')}</div>`;
  });
  return `${quiet('What the class token looks at, or all tokens on average where there is none: rolled out through all blocks, and by head of the last one. The brighter, the more; each map is as bright as its brightest patch.')}${rows.join('')}`;
}

function features(maps: readonly FeatureMap[]): string {
  const figures = maps.map(
    ({ picture, components }) =>
      `<figure><div class="twins">${image(picture, 'the picture')}${image(components, 'its features as colours')}</div></figure>`,
  );
  return `${quiet('Patches of like colour have like features: red, green and blue are the first three principal components of the tokens of the last stage, over these pictures together.')}<div class="pictures wide">${figures.join('')}</div>`;
}

function painted(pictures: readonly string[]): string {
  return `${quiet('What was seen, what was painted into it, and the original.')}<div class="pictures wide">${pictures.map((picture) => `<figure>${image(picture, 'seen, painted, original')}</figure>`).join('')}</div>`;
}
