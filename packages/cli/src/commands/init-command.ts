import { existsSync } from 'node:fs';
import { dirname, extname, relative, resolve } from 'node:path';
import type { Command } from '../command-line/command.js';
import { usageError } from '../command-line/usage-error.js';
import { builtInData } from '../settings/data-settings.js';
import { flagValue } from '../settings/flag-value.js';
import { text } from '../settings/setting-kinds.js';
import { debugFlag, jsonFlag } from './run-flags.js';

const toFlag = text({
  flag: 'to',
  default: 'whereabouts.yaml',
  expected: 'a file that ends in .yaml or .ts',
  description: 'the config file; one that is there already is never written over',
});

/** `whereabouts init DATA` */
export const initCommand: Command = {
  words: { DATA: 'a folder with one folder of pictures per class, split or not; or fashion-mnist' },
  flags: { Flags: [toFlag, jsonFlag, debugFlag] },
  run: async ({ values, words }) => {
    const to = flagValue(toFlag, values);
    const data = String(words[0]);
    const { configLanguages } = await import('../init/config-languages.js');
    const language = configLanguages[extname(to).toLowerCase()];
    if (language === undefined)
      throw usageError(
        `--to is ${JSON.stringify(to)}, but expected is a name that ends in ${Object.keys(configLanguages).join(', ')}.`,
      );
    if (existsSync(to))
      throw usageError(`${to} is there already, and is left alone; choose another name with --to.`);
    const { lookAtData } = await import('../init/look-at-data.js');
    const { configText } = await import('../init/config-text.js');
    const { chooseSettings } = await import('../init/choose-settings.js');
    const { writeNewFile } = await import('../init/write-new-file.js');
    const { countText } = await import('../display/number-text.js');
    const facts = await lookAtData(data);
    const path = data === builtInData ? data : relative(dirname(resolve(to)), resolve(data)) || '.';
    const chosen = chooseSettings(path, facts);
    const { classes, pictures, side } = facts;
    const found = `${countText(pictures)} training pictures of ${classes.length} classes, the middle one ${side} px on its shorter side`;
    await writeNewFile(
      to,
      configText(language, chosen, [
        `Settings of a training: whereabouts train --config ${to}`,
        `${data}: ${found}.`,
        'What stands in a comment is the default; every setting has a flag, and --set takes any by its path.',
      ]),
    );
    if (values[jsonFlag.flag] === true)
      return console.log(JSON.stringify({ file: to, data: facts, settings: chosen }, undefined, 2));
    console.log(`${data} has ${found}.`);
    console.log(`Wrote ${to}. Look through it, then: whereabouts train --config ${to}`);
  },
};
