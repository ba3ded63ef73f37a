import type { Diagnosis } from '@whereabouts/runtime';
import type { Command } from '../command-line/command.js';
import { debugFlag, jsonFlag } from './run-flags.js';

/** `whereabouts doctor` */
export const doctorCommand: Command = {
  words: {},
  flags: { Flags: [jsonFlag, debugFlag] },
  run: async ({ values }) => {
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
};

/** What was found out about a backend: one line if it works, and what is wrong and what to do if not. */
function diagnosisLines({ backend, works, detail, reason, remedy }: Diagnosis): string[] {
  return [
    `${works ? 'works   ' : 'does not'}  ${backend}${detail === '' ? '' : `: ${detail}`}`,
    ...(reason === undefined ? [] : [`          why: ${reason}`]),
    ...(remedy === undefined ? [] : [`          what to do: ${remedy}`]),
  ];
}
