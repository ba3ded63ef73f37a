import * as tf from '@tensorflow/tfjs-core';
import type { HostTensor } from './host-tensor.js';
import type { Variables } from './variables.js';

/** What differs between a model and the tensors that were to be loaded into it. */
export interface LoadReport {
  /** Paths of the model that the tensors lack. */
  readonly missing: readonly string[];
  /** Names of tensors that the model lacks. */
  readonly unexpected: readonly string[];
  /** Sentences about tensors of another shape or type, or of more or fewer values than their shape has. */
  readonly mismatched: readonly string[];
}

/**
 * Copies tensors into the variables of the same path; either all of them or, on an error, none.
 *
 * @param options.partial load what fits and report the rest, instead of throwing; false unless given
 * @throws when a path is missing, unexpected or doesn't fit, unless `partial`; the message lists every one
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { loadVariables, readVariables, variable } from '@whereabouts/layers';
 *
 * const variables = { weight: variable(tf.zeros([2])) };
 * loadVariables(variables, { weight: { shape: [2], dtype: 'float32', values: Float32Array.of(1, 2) } });
 * Array.from((await readVariables(variables)).weight!.values); // => [1, 2]
 * ```
 */
export function loadVariables(
  variables: Variables,
  tensors: Readonly<Record<string, HostTensor>>,
  options: { readonly partial?: boolean } = {},
): LoadReport {
  const pairs = Object.entries(variables).flatMap(([path, variable]) => {
    const tensor = tensors[path];
    return tensor === undefined
      ? []
      : [{ path, variable, tensor, problem: mismatch(path, tensor, variable) }];
  });
  const report: LoadReport = {
    missing: Object.keys(variables).filter((path) => tensors[path] === undefined),
    unexpected: Object.keys(tensors).filter((path) => variables[path] === undefined),
    mismatched: pairs.flatMap(({ problem }) => problem ?? []),
  };
  const complaints = describe(report);
  if (complaints !== '' && options.partial !== true)
    throw new Error(`These tensors don't fit the model, and nothing was loaded.\n${complaints}`);
  tf.tidy(() => {
    // A copy: some backends would go on reading the caller's array.
    for (const { tensor, variable } of pairs.filter(({ problem }) => problem === undefined))
      variable.assign(tf.tensor(tensor.values.slice(), [...tensor.shape], tensor.dtype));
  });
  return report;
}

function mismatch(path: string, tensor: HostTensor, variable: tf.Variable): string | undefined {
  if (tensor.shape.join() !== variable.shape.join())
    return `${path} is [${tensor.shape}], expected [${variable.shape}]`;
  if (tensor.dtype !== variable.dtype) return `${path} is ${tensor.dtype}, expected ${variable.dtype}`;
  if (tensor.values.length !== variable.size)
    return `${path} holds ${tensor.values.length} values, expected ${variable.size} for [${variable.shape}]`;
  return undefined;
}

function describe(report: LoadReport): string {
  const lines: [string, readonly string[]][] = [
    ['missing', report.missing],
    ['unexpected', report.unexpected],
    ['not fitting', report.mismatched],
  ];
  return lines
    .filter(([, names]) => names.length > 0)
    .map(([label, names]) => `  ${label}: ${names.join(', ')}`)
    .join('\n');
}

/**
 * Copies variables into host memory, by path.
 *
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { readVariables, variable } from '@whereabouts/layers';
 *
 * (await readVariables({ weight: variable(tf.ones([2, 3])) })).weight?.shape; // => [2, 3]
 * ```
 */
export async function readVariables(variables: Variables): Promise<Record<string, HostTensor>> {
  const entries = Object.entries(variables).map(async ([path, value]): Promise<[string, HostTensor]> => {
    const dtype = value.dtype === 'int32' ? 'int32' : 'float32';
    // A copy: on some backends `data` hands out the engine's own memory.
    const values = (await value.data()).slice() as Float32Array | Int32Array;
    return [path, { shape: value.shape, dtype, values }];
  });
  return Object.fromEntries(await Promise.all(entries));
}
