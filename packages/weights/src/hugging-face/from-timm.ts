import type { HostTensor } from '@whereabouts/layers';
import { translateName } from '../timm/translate-name.js';
import type { ModelNames } from './model-names.js';
import { cutThirds, thirds } from './thirds.js';

/** Gives tensors under timm's names those of a model of Hugging Face; `qkv` becomes queries, keys and values. */
export function fromTimm(
  { model, prefix, inside, outside }: ModelNames,
  tensors: Readonly<Record<string, HostTensor>>,
): Record<string, HostTensor> {
  const rows = [...inside.map((row) => ({ ...row, theirs: `${prefix}${row.theirs}` })), ...outside];
  const named: [string, HostTensor][] = [];
  const unexpected: string[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const theirs = rows
      .map((row) => translateName(name, row.timm, row.theirs.replace('{part}', '<part>')))
      .find((result) => result !== undefined);
    if (theirs === undefined) unexpected.push(name);
    else if (!theirs.includes('<part>')) named.push([theirs, tensor]);
    else {
      const cut = cutThirds(name, tensor);
      for (const third of thirds) named.push([theirs.replace('<part>', third), cut[third]]);
    }
  }
  if (unexpected.length > 0) throw new Error(`${model} has no place for ${unexpected.join(', ')}.`);
  return Object.fromEntries(named);
}
