import { followsBorder } from './alike-tokens.js';
import type { LeakByImages, PositionAudit, PositionLeak } from './audit-positions.js';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
const kinds = ['constant', 'noise'] as const;

/** What an audit found, in sentences: first what gives position away, then what doesn't, then what remains unexplained. */
export function auditFindings(audit: Omit<PositionAudit, 'findings'>): readonly string[] {
  const { asItIs, without, chance } = audit;
  const leaking = kinds.filter((kind) => asItIs[kind].aboveChance);
  if (leaking.length === 0)
    return [
      `Nothing gives position away that a linear probe of channels and their squares could read: ${percent(asItIs.constant.accuracy)} on constant images and ${percent(asItIs.noise.accuracy)} on noise, where chance is ${percent(chance)}.`,
      ...apart(audit),
    ];
  const compared = Object.entries(without).map(([name, other]) => ({
    name,
    falls: leaking.filter((kind) => asItIs[kind].low > other[kind].high),
    other,
  }));
  const told = compared.flatMap(({ name, falls, other }) =>
    falls.map((kind) => guilty(name, kind, asItIs[kind], other[kind], chance)),
  );
  const innocent = compared
    .filter(({ falls }) => falls.length === 0)
    .map(({ name, other }) => harmless(name, leaking, asItIs, other));
  const explained = compared.some(({ other }) => leaking.every((kind) => !other[kind].aboveChance));
  return [...told, ...innocent, ...apart(audit), ...(explained ? [] : [unexplained(audit, leaking)])];
}

/** What a constant image shows by itself, where it is more than that all tokens are alike, or that all differ. */
function apart({ constantImage, grid }: Omit<PositionAudit, 'findings'>): readonly string[] {
  const { alike, tokens, depth } = constantImage;
  if (alike === tokens || alike === 1) return [];
  const count = `On a constant image ${alike} of ${tokens} tokens are alike`;
  return [
    followsBorder(constantImage, grid)
      ? `${count}, and those that are not lie within ${depth} ${depth === 1 ? 'cell' : 'cells'} of the border: as zero padding makes them, or windows that are filled up.`
      : `${count}; the others are told apart by something.`,
  ];
}

function guilty(
  name: string,
  kind: 'constant' | 'noise',
  before: PositionLeak,
  after: PositionLeak,
  chance: number,
): string {
  const images = kind === 'constant' ? 'constant images' : 'noise';
  const rest = after.aboveChance ? 'still above chance' : 'which is chance';
  return `${name} gives position away: without it, accuracy on ${images} falls from ${percent(before.accuracy)} to ${percent(after.accuracy)}, ${rest} (${percent(chance)}).`;
}

function harmless(
  name: string,
  leaking: readonly (typeof kinds)[number][],
  before: LeakByImages,
  after: LeakByImages,
): string {
  const numbers = leaking.map(
    (kind) =>
      `${percent(before[kind].accuracy)} with it and ${percent(after[kind].accuracy)} without on ${kind}`,
  );
  return `${name} alone makes no difference that shows: ${numbers.join(', ')} images.`;
}

function unexplained(
  { asItIs, positionEncoding, positionSources, chance }: Omit<PositionAudit, 'findings'>,
  leaking: readonly (typeof kinds)[number][],
): string {
  const numbers = leaking.map((kind) => `${percent(asItIs[kind].accuracy)} on ${kind} images`).join(' and ');
  const stated = {
    absolute:
      'It says that it adds an encoding to every token; a fixed table has no variables to set to zero.',
    partial: 'It says that it adds an encoding to some tokens.',
    relative:
      'It says that it tells pairs of tokens their offset; masks of shifted windows and padding have no variables.',
    conditional:
      'It says that a convolution tells tokens of their neighbours; the zeros around the grid show through it.',
    none: 'It says that it tells no positions; zero padding in convolutions or windows would do this.',
  }[positionEncoding];
  return `Not all is explained: accuracy is ${numbers}, chance ${percent(chance)}, and nothing that was switched off brings it down to that. ${positionSources === undefined ? stated : sourcesText(positionSources)}`;
}

function sourcesText(sources: readonly string[]): string {
  return sources.length === 0
    ? 'It says that nothing in it tells positions; zero padding in convolutions or windows would do this.'
    : `It says that this tells positions: ${sources.join(', ')}. What has no variables can be switched off only by another backbone, given as \`without\`.`;
}
