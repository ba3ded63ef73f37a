import type { Command } from '../command-line/command.js';
import { gatherSettings } from '../config/gather-settings.js';
import { followTraining, runFolderFlags } from './follow-training.js';
import { planRun } from './plan-run.js';
import { configFlags, settingFlags } from './setting-flags.js';

const { masking: _pretraining, ...ownSettings } = settingFlags;

/** `whereabouts train` */
export const trainCommand: Command = {
  words: {},
  flags: { 'This command': runFolderFlags, 'Settings from': configFlags, ...ownSettings },
  run: async ({ values }) => followTraining(values, await planRun(values, await gatherSettings(values))),
};
