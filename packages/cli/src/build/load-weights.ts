import { type LoadReport, loadVariables, type Variables } from '@whereabouts/layers';
import type { BuiltBackbone } from './build-backbone.js';
import type { ModelFile } from './model-file.js';

/**
 * Loads the weights of another model as a start: all of the backbone, its position encoding resized, and what fits of the
 * heads of the same names.
 *
 * @param options.partial whether it is enough that some of the backbone's names fit
 * @returns what was taken, left out, and starts anew, a sentence each
 * @throws when the backbone is another one: all names that are missing, not expected, or of another shape are listed
 */
export function loadWeights(
  { file, tensors }: ModelFile,
  {
    own,
    heads,
    partial,
  }: {
    readonly own: BuiltBackbone;
    readonly heads: Readonly<Record<string, { readonly variables: Variables }>>;
    readonly partial: boolean;
  },
): string[] {
  const { pretrainingOnly = [] } = own;
  const unneeded = Object.keys(tensors.backbone).filter((path) => pretrainingOnly.includes(path));
  const needed = Object.entries(tensors.backbone).filter(([path]) => !pretrainingOnly.includes(path));
  const report = own.load(Object.fromEntries(needed), { partial: true });
  const { missing, unexpected, mismatched } = report;
  const loaded = Object.keys(own.backbone.variables).length - missing.length - mismatched.length;
  const differing = missing.length + unexpected.length + mismatched.length > 0;
  if (loaded === 0 || (differing && !partial))
    throw new Error(
      [
        `${file} holds the weights of another model.`,
        ...differences(report).map((line) => `  ${line}`),
        `Give the model the size of those weights, such as by --model and --patch-size${loaded === 0 ? '' : ', or take what fits by --partial'}.`,
      ].join('\n'),
    );
  const headNotes = Object.entries(heads).map(([name, head]) => {
    const own = tensors.heads[name];
    if (own === undefined) return `the head ${name} starts anew`;
    const { missing, mismatched } = loadVariables(head.variables, fitting(head.variables, own), {
      partial: true,
    });
    return missing.length + mismatched.length === 0
      ? `the head ${name} is taken too`
      : `the head ${name} starts anew, since that in the file is another one`;
  });
  const leftOut = Object.keys(tensors.heads).filter((name) => heads[name] === undefined);
  return [
    `${loaded} tensors of the backbone are from ${file}`,
    ...differences(report),
    ...unneeded.map((path) => `${path} is left out: only pretraining needs it`),
    ...headNotes,
    ...leftOut.map((name) => `the head ${name} of the file is left out`),
  ];
}

/** All tensors of a head, or none where one of them doesn't fit: half a head is no start. */
function fitting<Tensor extends { readonly shape: readonly number[] }>(
  variables: Variables,
  tensors: Readonly<Record<string, Tensor>>,
): Readonly<Record<string, Tensor>> {
  const fits = Object.entries(variables).every(
    ([path, variable]) => tensors[path]?.shape.join() === variable.shape.join(),
  );
  return fits ? tensors : {};
}

/** Names that the file lacks, that the model lacks, and those of another shape, a line each. */
function differences({ missing, unexpected, mismatched }: LoadReport): string[] {
  return [
    ...(missing.length === 0 ? [] : [`missing: ${missing.join(', ')}`]),
    ...(unexpected.length === 0 ? [] : [`unexpected: ${unexpected.join(', ')}`]),
    ...(mismatched.length === 0 ? [] : [`not fitting: ${mismatched.join(', ')}`]),
  ];
}
