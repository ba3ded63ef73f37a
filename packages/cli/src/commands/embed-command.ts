import { z } from 'zod';
import type { Command } from '../command-line/command.js';
import { flagValue } from '../settings/flag-value.js';
import type { Setting } from '../settings/setting.js';
import { choice, text } from '../settings/setting-kinds.js';
import { picturesWord, someUnreadable } from './predict-command.js';
import { debugFlag, jsonFlag } from './run-flags.js';
import { eagerRunFlags, findTrainedRun, runWord } from './trained-run.js';

const toFlag = text({
  flag: 'to',
  expected: 'a file that ends in .safetensors or .npy',
  description:
    'where the features go: a .safetensors file, names of files in its metadata; or .npy, names of files in a .json beside it. Must be given',
});

const featuresFlag = choice(['pooled', 'average', 'tokens'], {
  flag: 'features',
  default: 'pooled',
  description:
    'pooled (what the classifier reads, [pictures, channels]), average (of all tokens, the same shape) or tokens ([pictures, length, channels] and their positions)',
});

const stageFlag: Setting<number> = {
  flag: 'stage',
  type: 'number',
  schema: z.int(),
  default: -1,
  expected: 'a whole number',
  description: 'of which stage average and tokens are taken: 0 is the finest, -1 the last',
};

/** `whereabouts embed RUN PICTURES...` */
export const embedCommand: Command = {
  words: { ...runWord, ...picturesWord },
  flags: { Flags: [toFlag, featuresFlag, stageFlag, ...eagerRunFlags, jsonFlag, debugFlag] },
  run: async ({ values, words }) => {
    const [run, ...pictures] = words;
    const to = flagValue(toFlag, values);
    const kind = flagValue(featuresFlag, values);
    const stage = flagValue(stageFlag, values);
    const { embeddingWriter } = await import('../predict/write-embeddings.js');
    const write = embeddingWriter(to);
    const found = await findTrainedRun(String(run), values);
    const { listGivenPictures } = await import('../predict/list-pictures.js');
    const files = await listGivenPictures(pictures, process.stdin);
    const { openTrainedModel } = await import('../run/open-trained-model.js');
    const { embedPictures } = await import('../predict/embed-pictures.js');
    const { tellUnreadable } = await import('../predict/tell-unreadable.js');
    const model = await openTrainedModel(found, found.engine);
    try {
      const unreadable = tellUnreadable(files.length);
      const embeddings = await embedPictures(model, files, { kind, stage, onUnreadable: unreadable.add });
      if (unreadable.end() > 0) process.exitCode = someUnreadable;
      if (embeddings.files.length === 0) throw new Error(`Nothing was written to ${to}.`);
      const { checkpoint, step } = model;
      const facts = { checkpoint, step: String(step), features: kind, stage: String(stage) };
      const written = await write(to, embeddings, facts);
      const shapes = Object.entries(embeddings.tensors).map(([name, { shape }]) => [name, shape]);
      if (values[jsonFlag.flag] === true)
        console.log(
          JSON.stringify(
            { ...facts, written, shapes: Object.fromEntries(shapes), unreadable: unreadable.all() },
            undefined,
            2,
          ),
        );
      else
        console.log(
          `${shapes.map(([name, shape]) => `${name} [${shape}]`).join(' and ')} of ${embeddings.files.length} pictures: ${written.join(', ')}`,
        );
    } finally {
      model.dispose();
    }
  },
};
