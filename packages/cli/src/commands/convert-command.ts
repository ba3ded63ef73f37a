import type { Command } from '../command-line/command.js';
import { flagValue } from '../settings/flag-value.js';
import { choice, onOff } from '../settings/setting-kinds.js';
import { debugFlag, jsonFlag } from './run-flags.js';

const formatFlag = choice(['timm', 'hugging-face', 'mae', 'whereabouts'], {
  flag: 'format',
  description:
    'whose names the new file has: timm, hugging-face (ViT and Swin, with a pixel decoder ViTMAE), mae (the official code), or whereabouts. Must be given',
});

const partialFlag = onOff({
  flag: 'partial',
  default: false,
  description: 'leaves out and tells names that such a model does not have; else these are an error',
});

/** `whereabouts convert FROM TO` */
export const convertCommand: Command = {
  words: {
    FROM: 'a run folder (its best), a checkpoint, or a safetensors file of a ViT or Swin of timm, Hugging Face or the official MAE',
    TO: 'a safetensors file that is not there yet',
  },
  flags: { Flags: [formatFlag, partialFlag, jsonFlag, debugFlag] },
  run: async ({ values, words }) => {
    const format = flagValue(formatFlag, values);
    const partial = flagValue(partialFlag, values);
    const [from = '', to = ''] = words;
    const { convertWeights } = await import('../convert/convert-weights.js');
    const done = await convertWeights(from, to, { format, partial });
    if (values[jsonFlag.flag] === true) {
      console.log(JSON.stringify(done, undefined, 2));
      return;
    }
    console.log(`${done.from}, which has the names of ${done.recognised}: ${done.tensors} tensors to ${to}`);
    if (done.heads.length > 0) console.log(`heads dropped: ${done.heads.join(', ')}`);
    if (done.leftOut.length > 0) console.log(`left out: ${done.leftOut.join(', ')}`);
    for (const note of done.notes) console.log(note);
  },
};
