import { resolve } from 'node:path';
import type { Flag } from '../command-line/flag.js';
import type { JudgedFeatures } from '../judge/judged-features.js';
import { builtInData } from '../settings/data-settings.js';
import { flagValue } from '../settings/flag-value.js';
import { choice } from '../settings/setting-kinds.js';
import { debugFlag, jsonFlag } from './run-flags.js';
import { findTrainedRun, runFlags } from './trained-run.js';

const dataFlag: Flag<string> = {
  flag: 'data',
  type: 'text',
  expected: 'a folder or fashion-mnist',
  otherwise: "the run's",
  description: 'pictures with labels to judge by, such as where the run learned from pictures without',
};

const splitFlag = choice(['validation', 'test'], {
  flag: 'split',
  default: 'validation',
  description: 'which pictures are classified, by what is known of the training pictures: validation or test',
});

/** The flags of commands that judge features. */
export const judgingFlags: readonly Flag[] = [dataFlag, splitFlag, ...runFlags, jsonFlag, debugFlag];

/** The features that a command is to judge, and the split that they are of. */
export async function featuresToJudge(
  run: string,
  values: Readonly<Record<string, unknown>>,
): Promise<JudgedFeatures & { readonly split: string }> {
  const split = flagValue(splitFlag, values);
  const { data: asked, ...rest } = values;
  const data =
    asked === undefined || asked === builtInData ? (asked as string | undefined) : resolve(String(asked));
  const found = await findTrainedRun(run, rest); // other data than the run's is no contradiction here
  const { judgedFeatures } = await import('../judge/judged-features.js');
  return { ...(await judgedFeatures(found, { split, data, engine: found.engine })), split };
}

/** Prints how well features tell classes apart. */
export function printJudgement(
  values: Readonly<Record<string, unknown>>,
  { checkpoint, step, split, known, asked, chance, backend, executor }: JudgedFeatures & { split: string },
  found: { readonly accuracy: number } & Readonly<Record<string, number>>,
): void {
  const facts = { checkpoint, step, split, known: known.length, images: asked.length };
  if (values[jsonFlag.flag] === true) {
    console.log(
      JSON.stringify({ ...facts, ...found, chance, backend, executor: executor.name }, undefined, 2),
    );
    return;
  }
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  console.log(
    `${checkpoint}, written after step ${step}, on ${asked.length} ${split} pictures by ${known.length} known ones (${backend.backend}):`,
  );
  console.log(`accuracy ${percent(found.accuracy)} (largest class ${percent(chance)})`);
}
