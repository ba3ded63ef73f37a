import * as tf from '@tensorflow/tfjs-core';
import type { HostTensor } from './host-tensor.js';
import type { Variables } from './variables.js';

/** What differs between a model and the tensors that were to be loaded into it. */
export interface LoadReport {
  /** Paths of the model that the tensors lack. */
  readonly missing: readonly string[];
  /** Names of tensors that the model lacks. */
  readonly unexpected: readonly string[];
  /** Sentences about tensors of another shape. */
  readonly mismatched: readonly string[];
}

/**
 * Copies tensors into the variables of the same path; either all of them or, on an error, none.
 *
 * @param options.partial load what fits and report the rest, instead of throwing; false unless given
 * @throws when a path is missing, unexpected or of another shape, unless `partial`; the message lists every one
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
  const fits = (path: string) => tensors[path]?.shape.join() === variables[path]?.shape.join();
  const shared = Object.keys(variables).filter((path) => tensors[path] !== undefined);
  const report: LoadReport = {
    missing: Object.keys(variables).filter((path) => tensors[path] === undefined),
    unexpected: Object.keys(tensors).filter((path) => variables[path] === undefined),
    mismatched: shared
      .filter((path) => !fits(path))
      .map((path) => `${path} is [${tensors[path]?.shape}], expected [${variables[path]?.shape}]`),
  };
  const complaints = describe(report);
  if (complaints !== '' && options.partial !== true)
    throw new Error(`These tensors don't fit the model, and nothing was loaded.\n${complaints}`);
  tf.tidy(() => {
    for (const path of shared.filter(fits)) {
      const { values, shape, dtype } = tensors[path] as HostTensor;
      variables[path]?.assign(tf.tensor(values, [...shape], dtype));
    }
  });
  return report;
}

function describe(report: LoadReport): string {
  const lines: [string, readonly string[]][] = [
    ['missing', report.missing],
    ['unexpected', report.unexpected],
    ['of another shape', report.mismatched],
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
