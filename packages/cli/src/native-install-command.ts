import { defineCommand } from 'citty';
import { cittyArguments } from './citty-arguments.js';
import type { Flag } from './flag.js';
import { readFlags } from './read-flags.js';
import { debugFlag } from './run-flags.js';

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

/** All flags of `whereabouts native install`. */
export const nativeInstallFlags: readonly Flag[] = [ifPossibleFlag, forceFlag, debugFlag];

/** `whereabouts native install` */
export const nativeInstallCommand = defineCommand({
  meta: {
    name: 'whereabouts native install',
    description: 'Puts the native engine (TensorFlow) in place and computes with it.',
  },
  args: cittyArguments(nativeInstallFlags),
  run: async ({ rawArgs }) => {
    const { values } = readFlags(rawArgs, nativeInstallFlags);
    const { installNative } = await import('@whereabouts/runtime');
    const installed = await installNative({
      ifPossible: values[ifPossibleFlag.flag] === true,
      force: values[forceFlag.flag] === true,
      log: console.log,
    });
    console.log(
      installed.available
        ? `The native engine is in place: TensorFlow ${installed.tensorflowVersion} on ${installed.device}, from ${installed.source}, in ${installed.seconds.toFixed(1)} s.`
        : `This machine cannot have the native engine: ${installed.reason}. Training uses wasm instead.`,
    );
  },
});
