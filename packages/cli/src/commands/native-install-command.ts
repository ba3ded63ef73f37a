import type { Command } from '../command-line/command.js';
import type { Flag } from '../command-line/flag.js';
import { debugFlag, jsonFlag } from './run-flags.js';

const ifPossibleFlag: Flag<boolean> = {
  flag: 'if-possible',
  type: 'switch',
  expected: 'nothing',
  description:
    'exits with 0 and the reason on a machine that cannot have the engine; what could be had and fails still fails',
};

const forceFlag: Flag<boolean> = {
  flag: 'force',
  type: 'switch',
  expected: 'nothing',
  description: 'builds the engine anew, whatever is installed or in the cache',
};

/** `whereabouts native install` */
export const nativeInstallCommand: Command = {
  words: {},
  flags: { Flags: [ifPossibleFlag, forceFlag, jsonFlag, debugFlag] },
  run: async ({ values }) => {
    const json = values[jsonFlag.flag] === true;
    const { installNative } = await import('@whereabouts/runtime');
    const installed = await installNative({
      ifPossible: values[ifPossibleFlag.flag] === true,
      force: values[forceFlag.flag] === true,
      log: json ? console.error : console.log,
    });
    if (json) return console.log(JSON.stringify(installed, undefined, 2));
    console.log(
      installed.available
        ? `The native engine is in place: TensorFlow ${installed.tensorflowVersion} on ${installed.device}, from ${installed.source}, in ${installed.seconds.toFixed(1)} s.`
        : `This machine cannot have the native engine: ${installed.reason}. Training uses wasm instead.`,
    );
  },
};
