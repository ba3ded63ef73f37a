import { existsSync } from 'node:fs';
import { batches, type Split, subset } from '@whereabouts/data';
import type { Judgement } from '@whereabouts/report';
import { evaluationBatchOptions } from '../build/batch-options.js';
import { openData } from '../build/open-data.js';
import { requireSameData } from '../run/environment.js';
import { findCheckpoint } from '../run/find-checkpoint.js';
import { openTrainedModel } from '../run/open-trained-model.js';
import { runPaths } from '../run/run-paths.js';
import { judgePictures } from './judge-pictures.js';

const split = 'validation';

// Pictures run op by op here; this many give shares to within a few percent.
const limit = 2000;

/** What a report shows of pictures, and a sentence for each thing that it can't show. */
export interface JudgedRun {
  readonly judgement?: Judgement;
  readonly leftOut: readonly string[];
}

/**
 * Shows the best weights of a run, or the last where none are the best, its validation pictures, and counts what they say.
 *
 * @returns why nothing is shown, where there are no weights or the pictures are gone
 */
export async function judgeRun(folder: string): Promise<JudgedRun> {
  try {
    const judgement = await judge(folder);
    return { judgement, leftOut: lackingIn(judgement) };
  } catch (error) {
    return { leftOut: [`Pictures: ${(error as Error).message.split('\n')[0]}`] };
  }
}

async function judge(folder: string): Promise<Judgement> {
  const paths = runPaths(folder);
  const checkpoint = existsSync(paths.bestCheckpoint) ? 'best' : 'last';
  const model = await openTrainedModel(await findCheckpoint(folder, { checkpoint }));
  const { config, normalisation, step } = model;
  try {
    const { dataSet, description } = await openData(config);
    await requireSameData(paths.environment, description);
    const pictures = atMost(limit, dataSet.validation);
    const judged = batches(pictures, { ...evaluationBatchOptions(config), normalisation });
    try {
      return { split, step, ...(await judgePictures(model, judged)) };
    } finally {
      await judged.close();
    }
  } finally {
    model.dispose();
  }
}

function lackingIn({ classes, positions, attention }: Judgement): string[] {
  return [
    ...(classes ? [] : ['Classes: the run learned none.']),
    ...(attention ? [] : ['Attention: it is read of a built-in ViT alone.']),
    ...(positions
      ? []
      : ['Places: the run learned no absolute position label, which places each patch by itself.']),
  ];
}

/** So many pictures at most, of every class alike. */
function atMost(count: number, pictures: Split): Split {
  const classes = new Set(pictures.classes).size;
  if (pictures.length <= count || classes === 0) return pictures;
  return subset(pictures, { perClass: Math.max(1, Math.floor(count / classes)), seed: 0 });
}
