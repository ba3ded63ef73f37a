import type { Command } from '../command-line/command.js';
import { flagValue } from '../settings/flag-value.js';
import { count, countFromZero, wordOr } from '../settings/setting-kinds.js';
import { debugFlag, jsonFlag } from './run-flags.js';
import { findTrainedRun, runFlags, runWord } from './trained-run.js';

const imagesFlag = count({
  flag: 'images',
  default: 64,
  unit: 'images',
  description: 'images of each kind that a probe learns from, and as many others that it is judged by',
});

const stageFlag = wordOr('last', countFromZero, {
  flag: 'stage',
  default: 'last',
  description: 'whose tokens are read: last, or the number of a stage, 0 being the finest',
});

// Probes learn op by op, so there is no executor to choose.
const engineFlags = runFlags.filter(({ flag }) => flag !== 'executor');

/** `whereabouts audit RUN` */
export const auditCommand: Command = {
  words: runWord,
  flags: { Flags: [imagesFlag, stageFlag, ...engineFlags, jsonFlag, debugFlag] },
  run: async ({ values, words }) => {
    const images = flagValue(imagesFlag, values);
    const stage = flagValue(stageFlag, values);
    const found = await findTrainedRun(String(words[0]), values);
    const { openTrainedModel } = await import('../run/open-trained-model.js');
    const { auditTrainedModel } = await import('../audit/audit-trained-model.js');
    const { auditLines } = await import('../audit/audit-lines.js');
    const model = await openTrainedModel(found, found.engine);
    try {
      const audit = await auditTrainedModel(model, { images, stage: stage === 'last' ? -1 : stage });
      const { checkpoint, step } = model;
      if (values[jsonFlag.flag] === true)
        return console.log(JSON.stringify({ checkpoint, step, ...audit }, undefined, 2));
      console.log(`${checkpoint}, written after step ${step}:`);
      for (const line of auditLines(audit)) console.log(line);
    } finally {
      model.dispose();
    }
  },
};
