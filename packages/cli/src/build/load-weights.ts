import { type LoadReport, loadVariables, type Variables } from '@whereabouts/layers';
import type { BuiltBackbone } from './build-backbone.js';
import type { ModelFile } from './model-file.js';

/**
 * Loads the weights of another model as a start: all of the backbone, its position encoding resized, and what fits of the
 * heads of the same names.
 *
 * @returns what was taken and what starts anew, a sentence each
 * @throws when the backbone is another one
 */
export function loadWeights(
  { file, tensors }: ModelFile,
  {
    own,
    heads,
  }: {
    readonly own: BuiltBackbone;
    readonly heads: Readonly<Record<string, { readonly variables: Variables }>>;
  },
): string[] {
  const report = own.load(tensors.backbone, { partial: true });
  const loaded = Object.keys(own.backbone.variables).length - report.missing.length;
  if (report.mismatched.length > 0 || loaded === 0)
    throw new Error(
      `${file} holds the weights of another model.\n${['  not fitting: ', report.mismatched.join(', ') || 'every name'].join('')}\nGive the model the size of those weights, such as by --model and --patch-size.`,
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
  return [`${loaded} tensors of the backbone are from ${file}`, ...differences(report), ...headNotes];
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

function differences({ missing, unexpected }: LoadReport): string[] {
  return [
    ...(missing.length === 0 ? [] : [`not in it, so starting anew: ${missing.join(', ')}`]),
    ...(unexpected.length === 0 ? [] : [`in it and not used: ${unexpected.join(', ')}`]),
  ];
}
