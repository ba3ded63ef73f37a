import * as tf from '@tensorflow/tfjs-core';
import type { Variables } from '@whereabouts/layers';

const telling = /position|encoding|relative/i;

/**
 * Variables that say by their paths that they tell positions, such as an encoding or a table of relative biases, by the
 * name of what owns them: `blocks.*.attention.relativePositionBias` for those of all blocks.
 */
export function positionVariables(variables: Variables): Readonly<Record<string, Variables>> {
  const groups: Record<string, Record<string, tf.Variable>> = {};
  for (const [path, variable] of Object.entries(variables)) {
    const parts = path.split('.');
    const telltale = parts.findIndex((part) => telling.test(part));
    if (telltale === -1) continue;
    const owner = parts
      .slice(0, telltale + 1)
      .map((part) => (/^\d+$/.test(part) ? '*' : part))
      .join('.');
    groups[owner] = { ...groups[owner], [path]: variable };
  }
  return groups;
}

/** Sets variables to zero while something runs, and back afterwards, whatever happens. */
export async function silently<Result>(variables: Variables, run: () => Promise<Result>): Promise<Result> {
  const silenced = Object.values(variables);
  const before = silenced.map((variable) => variable.clone());
  try {
    for (const variable of silenced) tf.tidy(() => variable.assign(tf.zerosLike(variable)));
    return await run();
  } finally {
    for (const [index, variable] of silenced.entries()) variable.assign(before[index] as tf.Tensor);
    tf.dispose(before);
  }
}
