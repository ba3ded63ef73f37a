import type { HostTensor } from '@whereabouts/layers';
import { translateName } from '../timm/translate-name.js';
import type { ModelNames } from './model-names.js';
import { joinThirds, type Third, thirds } from './thirds.js';

/** Tensors by timm's names, and the names that were left out since they hold nothing needed. */
export interface InTimmNames {
  readonly tensors: Readonly<Record<string, HostTensor>>;
  readonly unneeded: readonly string[];
}

/** Gives the tensors of a model of Hugging Face timm's names; queries, keys and values become one tensor. */
export function toTimm(names: ModelNames, tensors: Readonly<Record<string, HostTensor>>): InTimmNames {
  const { model, prefix, inside, outside, unneeded } = names;
  const rows = [
    ...inside.map((row) => ({ ...row, theirs: `${prefix}${row.theirs}` })),
    ...inside,
    ...outside,
  ];
  const whole: [string, HostTensor][] = [];
  const parts = new Map<string, Partial<Record<Third, HostTensor>>>();
  const left: string[] = [];
  const unexpected: string[] = [];
  for (const [name, tensor] of Object.entries(tensors)) {
    const row = rows.find(({ theirs, timm }) => translateName(name, theirs, timm) !== undefined);
    if (row === undefined) {
      (unneeded.test(name) ? left : unexpected).push(name);
      continue;
    }
    const timm = translateName(name, row.theirs, row.timm) as string;
    if (!row.theirs.includes('{part}')) whole.push([timm, tensor]);
    else
      parts.set(timm, { ...parts.get(timm), [translateName(name, row.theirs, '{part}') as string]: tensor });
  }
  if (unexpected.length > 0)
    throw new Error(
      `${model} has no ${unexpected.join(', ')}. Remove what you don't need, or convert a checkpoint of that model.`,
    );
  for (const [timm, found] of parts) {
    const missing = thirds.filter((third) => found[third] === undefined);
    if (missing.length > 0)
      throw new Error(
        `${timm} needs query, key and value, but ${missing.join(' and ')} is missing in ${model}.`,
      );
    whole.push([timm, joinThirds(found as Record<Third, HostTensor>)]);
  }
  return { tensors: Object.fromEntries(whole), unneeded: left };
}
