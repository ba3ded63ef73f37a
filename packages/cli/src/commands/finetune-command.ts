import type { Command } from '../command-line/command.js';
import type { Flag } from '../command-line/flag.js';
import { usageError } from '../command-line/usage-error.js';
import { gatherSettings } from '../config/gather-settings.js';
import { presetSettings } from '../config/presets.js';
import { followTraining, runFolderFlags } from './follow-training.js';
import { planRun } from './plan-run.js';
import { outputFlag, resumeFlag } from './run-flags.js';
import { configFlags, settingFlags } from './setting-flags.js';

const fromFlag: Flag<string> = {
  flag: 'from',
  type: 'text',
  expected: 'a run folder, the name of one in --output, a checkpoint, or a safetensors file of a ViT',
  description:
    "what to start from: a run (its best checkpoint), a checkpoint, or a safetensors file of a ViT of timm, Hugging Face or the official MAE. A run's model, image size and, unless --data is given, its data are taken. Must be given, but for --resume",
};

const { masking: _pretraining, ...taken } = settingFlags;
const ownSettings = Object.fromEntries(
  Object.entries(taken).map(([group, flags]) => [
    group,
    flags.filter(({ flag }) => flag !== 'initial-checkpoint'),
  ]),
);

/** `whereabouts finetune` */
export const finetuneCommand: Command = {
  words: {},
  flags: {
    'This command': [fromFlag, ...runFolderFlags],
    'Settings from': configFlags,
    ...ownSettings,
  },
  run: async ({ values }) => {
    const given = await gatherSettings(values);
    if (values[resumeFlag.flag] !== undefined) return followTraining(values, await planRun(values, given));
    const from = values[fromFlag.flag];
    if (from === undefined)
      throw usageError(
        'Say what to start from: --from with a run folder, a checkpoint, or a safetensors file.',
      );
    const { startFrom } = await import('../config/start-from.js');
    const [preset = [], ...rest] = given;
    const output = String(values[outputFlag.flag] ?? outputFlag.default);
    const start = await startFrom(String(from), { output, given: rest });
    const sources = [presetSettings('finetune'), preset, start, ...rest];
    await followTraining(values, await planRun(values, sources), { needsClasses: true });
  },
};
