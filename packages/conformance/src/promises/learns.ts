import * as tf from '@tensorflow/tfjs-core';
import { trainingPass, type Variables } from '@whereabouts/layers';
import { brokenPromise } from '../broken-promise.js';
import type { LearningSpecimen } from '../specimen.js';
import { unsettle } from '../unsettle.js';

const steps = 20;

/** A few steps of plain gradient descent make the score smaller. */
export async function learns(specimen: LearningSpecimen): Promise<void> {
  const variables = Object.fromEntries(
    Object.entries(specimen.variables()).filter(([, { trainable }]) => trainable),
  );
  if (Object.keys(variables).length === 0) return;
  unsettle(variables, 0.2); // away from the flat start of small weights
  const first = await scoreOf(specimen);
  let best = first;
  let rate = 1;
  const enough = first - 1e-3 * Math.abs(first);
  for (let step = 0; step < steps && !(best < enough); step += 1) {
    const before = descend(specimen, variables, rate);
    const reached = await scoreOf(specimen);
    if (reached < best) {
      best = reached;
      rate *= 2;
    } else {
      for (const [variable, value] of before) variable.assign(value); // too far: the loss rose
      rate /= 4;
    }
    tf.dispose([...before.values()]);
  }
  if (!(best < enough))
    throw brokenPromise(
      'the loss falls when the head alone is trained',
      `less than ${first.toPrecision(6)} after ${steps} steps of gradient descent on fixed features`,
      best.toPrecision(6),
    );
}

const score = (specimen: LearningSpecimen) =>
  specimen.score(specimen.run(trainingPass({ seed: 0, step: 0 })));

async function scoreOf(specimen: LearningSpecimen): Promise<number> {
  const value = tf.tidy(() => score(specimen));
  const [number = Number.NaN] = await value.data();
  value.dispose();
  return number;
}

/** Moves every variable down its gradient, and hands over where each was. */
function descend(
  specimen: LearningSpecimen,
  variables: Variables,
  rate: number,
): Map<tf.Variable, tf.Tensor> {
  const moved = Object.values(variables);
  const before = new Map(moved.map((variable) => [variable, variable.clone()]));
  tf.tidy(() => {
    const { grads } = tf.variableGrads(() => score(specimen), moved);
    for (const variable of moved) {
      const gradient = grads[variable.name];
      if (gradient !== undefined) variable.assign(tf.sub(variable, tf.mul(gradient, rate)));
    }
  });
  return before;
}
