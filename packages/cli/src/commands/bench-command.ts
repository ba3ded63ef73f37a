import type { Command } from '../command-line/command.js';
import { gatherSettings } from '../config/gather-settings.js';
import { flagValue } from '../settings/flag-value.js';
import { count } from '../settings/setting-kinds.js';
import { debugFlag, jsonFlag } from './run-flags.js';
import { configFlags, settingFlags } from './setting-flags.js';

const stepsFlag = count({
  flag: 'steps',
  default: 20,
  unit: 'steps',
  description: 'how many steps are measured, of the step alone and of a training; three more warm up',
});

/** `whereabouts bench` */
export const benchCommand: Command = {
  words: {},
  flags: { 'This command': [stepsFlag, jsonFlag, debugFlag], 'Settings from': configFlags, ...settingFlags },
  run: async ({ values }) => {
    const steps = flagValue(stepsFlag, values);
    const { resolveSettings } = await import('../config/resolve-config.js');
    const config = resolveSettings(await gatherSettings(values));
    const { measureTraining } = await import('../bench/measure-training.js');
    const { measurementLines } = await import('../bench/measurement-lines.js');
    const measured = await measureTraining(config, { steps, log: (line) => console.error(line) });
    console.log(
      values[jsonFlag.flag] === true
        ? JSON.stringify(measured, undefined, 2)
        : measurementLines(measured).join('\n'),
    );
  },
};
