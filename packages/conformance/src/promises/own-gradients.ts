import * as tf from '@tensorflow/tfjs-core';
import { trainingPass, type Variables } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import type { LearningSpecimen } from '../specimen.js';
import { unsettle } from '../unsettle.js';

const steps = 8; // a part that training drops now and then gets its gradient in another step

/** Training reaches every trainable variable, and none but its own. */
export async function ownGradients(specimen: LearningSpecimen): Promise<void> {
  const variables = specimen.variables();
  const paths = Object.keys(variables).filter((path) => variables[path]?.trainable === true);
  if (paths.length === 0) return;
  unsettle(variables, 0.1);
  let unreached = paths;
  for (let step = 0; step < steps && unreached.length > 0; step += 1) {
    const largest = await largestGradients(specimen, variables, step);
    unreached = unreached.filter((path) => !((largest[path] ?? 0) > 0));
  }
  if (unreached.length > 0)
    throw brokenPromise(
      'every trainable variable gets a gradient',
      `one that is not zero in at least one of ${steps} training steps`,
      `none for ${unreached.join(', ')}`,
    );
}

async function largestGradients(
  specimen: LearningSpecimen,
  variables: Variables,
  step: number,
): Promise<Record<string, number>> {
  const grads = gradientsByName(specimen, step);
  const pathOf = new Map(Object.entries(variables).map(([path, { name }]) => [name, path]));
  const largest: Record<string, number> = {};
  for (const [name, gradient] of Object.entries(grads)) {
    const path = pathOf.get(name);
    if (path === undefined)
      throw brokenPromise(
        'only what `variables` lists is trained',
        'gradients for its variables alone',
        `one for another variable of shape [${gradient.shape}]`,
      );
    const values = Array.from(await gradient.data());
    if (!values.every(Number.isFinite))
      throw brokenPromise('gradients are finite', `finite numbers in the gradient of ${path}`, 'others');
    largest[path] = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  }
  tf.dispose(grads);
  return largest;
}

function gradientsByName(specimen: LearningSpecimen, step: number): tf.NamedTensorMap {
  const score = () => specimen.score(specimen.run(trainingPass({ seed: 0, step })));
  try {
    const { value, grads } = tf.variableGrads(score);
    value.dispose();
    return grads;
  } catch (error) {
    const complaint = error instanceof Error ? error.message : String(error);
    throw brokenPromise(
      'a training pass can be differentiated',
      "gradients from tf.variableGrads (they are registered by `import '@tensorflow/tfjs'`)",
      complaint.replace(/\.$/, ''),
    );
  }
}
