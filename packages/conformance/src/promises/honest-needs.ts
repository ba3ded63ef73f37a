import {
  disposeVariables,
  type FeatureSpec,
  type Head,
  type HeadNeeds,
  unmetNeed,
} from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import { describeSpec } from '../describe-spec.js';

const promise = 'a factory refuses the specs that do not meet its needs, and no others';

/** Sorts out the specs on which a head can sit, and sees that the others are refused with a reason. */
export function honestNeeds<Batch>(
  create: (spec: FeatureSpec) => Head<Batch, unknown>,
  specs: readonly FeatureSpec[],
): readonly FeatureSpec[] {
  const tried = specs.map((spec) => ({ spec, ...attempt(create, spec) }));
  const needs = tried.find(({ head }) => head !== undefined)?.head?.needs;
  if (needs === undefined)
    throw new Error(
      `The head refuses all ${specs.length} specs, so nothing can be checked; give others as \`specs\`. The first time it said: ${tried[0]?.refusal?.message}`,
    );
  for (const { spec, head, refusal } of tried) {
    const unmet = unmetNeed(head?.needs ?? ofAnySpec(needs), spec);
    if (head !== undefined && unmet !== undefined)
      throw brokenPromise(promise, `an error, since the head ${unmet}`, 'a head');
    if (refusal !== undefined && unmet === undefined)
      throw brokenPromise(
        promise,
        `a head, since \`needs\` asks for nothing that ${describeSpec(spec)} lacks`,
        `the error "${refusal.message}"`,
      );
    if (refusal !== undefined && !isSentence(refusal))
      throw brokenPromise(
        'a refusal says in a sentence what is missing',
        `something like "The head ${unmet}."`,
        `${refusal.name} "${refusal.message}"`,
      );
    disposeVariables(head?.variables ?? {});
  }
  return tried.filter(({ head }) => head !== undefined).map(({ spec }) => spec);
}

/** The needs without what holds only for the spec that the head was made from. */
function ofAnySpec({ grid: _grid, channels: _channels, pooled, ...needs }: HeadNeeds): HeadNeeds {
  return { ...needs, pooled: pooled !== undefined && pooled !== false };
}

function attempt<Batch>(
  create: (spec: FeatureSpec) => Head<Batch, unknown>,
  spec: FeatureSpec,
): { head?: Head<Batch, unknown>; refusal?: Error } {
  try {
    return { head: create(spec) };
  } catch (error) {
    return { refusal: error instanceof Error ? error : new Error(String(error)) };
  }
}

// A TypeError is JavaScript's complaint about undefined, not the head's about its spec.
const isSentence = (error: Error) =>
  !(error instanceof TypeError) && error.message.trim().split(/\s+/).length >= 4;
