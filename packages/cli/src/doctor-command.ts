import type { Diagnosis } from '@whereabouts/runtime';
import { defineCommand } from 'citty';
import { cittyArguments } from './citty-arguments.js';
import type { Flag } from './flag.js';
import { readFlags } from './read-flags.js';
import { debugFlag, jsonFlag } from './run-flags.js';

/** All flags of `whereabouts doctor`. */
export const doctorFlags: readonly Flag[] = [jsonFlag, debugFlag];

/** `whereabouts doctor` */
export const doctorCommand = defineCommand({
  meta: {
    name: 'whereabouts doctor',
    description: 'Tries every backend on this machine and says why one does not work and what to do.',
  },
  args: cittyArguments(doctorFlags),
  run: async ({ rawArgs }) => {
    const { values } = readFlags(rawArgs, doctorFlags);
    const { describeMachine, doctor, nativeSources } = await import('@whereabouts/runtime');
    const machine = describeMachine();
    const diagnoses = await doctor();
    const sources = await nativeSources();
    if (values[jsonFlag.flag] === true)
      console.log(JSON.stringify({ machine, backends: diagnoses, nativeSources: sources }, undefined, 2));
    else {
      const { node, platform, cpu, cores, memory, packages } = machine;
      console.log(
        `Node ${node} on ${platform}: ${cpu}, ${cores} cores, ${(memory / 2 ** 30).toFixed(1)} GiB`,
      );
      for (const [name, version] of Object.entries(packages)) console.log(`${name} ${version}`);
      console.log('');
      for (const line of diagnoses.flatMap(diagnosisLines)) console.log(line);
      console.log('\nThe native engine could come from:');
      for (const { source, available, detail } of sources)
        console.log(`${available ? 'there    ' : 'not there'} ${source}: ${detail}`);
    }
    process.exitCode = diagnoses.some(({ works }) => works) ? 0 : 1;
  },
});

/** What was found out about a backend: one line if it works, and what is wrong and what to do if not. */
function diagnosisLines({ backend, works, detail, reason, remedy }: Diagnosis): string[] {
  return [
    `${works ? 'works   ' : 'does not'}  ${backend}${detail === '' ? '' : `: ${detail}`}`,
    ...(reason === undefined ? [] : [`          why: ${reason}`]),
    ...(remedy === undefined ? [] : [`          what to do: ${remedy}`]),
  ];
}
