import * as tf from '@tensorflow/tfjs-core';
import { disposeVariables, evaluationPass, type FeatureSpec, trainingPass } from '@whereabouts/layers';
import { linearPositions } from '../linear-positions.js';
import type { StageTokens } from './read-stage-tokens.js';
import { type ShareInterval, shareInterval } from './share-interval.js';

/** How a probe learns. */
export interface ProbeSettings {
  /** Steps over all tokens at once. */
  readonly steps: number;
  /** How wide the interval is, in standard deviations to each side. */
  readonly deviations: number;
  readonly seed: number;
}

/**
 * Trains a linear head of positions on fixed tokens, and tells how often it is right on others.
 *
 * Channels are brought to mean 0 and deviation 1 first, as the tokens to learn from have them, so that a small encoding
 * under large contents is found; what varies by less than a ten-thousandth of the whole is left small, for it is rounding.
 */
export async function probePositions(
  learnFrom: StageTokens,
  judgeBy: StageTokens,
  { steps, deviations, seed }: ProbeSettings,
): Promise<ShareInterval> {
  const [, length, channels] = learnFrom.tokens.shape;
  const spec: FeatureSpec = {
    contract: 1,
    stages: [{ grid: learnFrom.grid, channels, length }],
    pooled: 0,
    positionEncoding: 'none',
  };
  const head = linearPositions({ spec, seed });
  const standard = standardiser(learnFrom.tokens);
  const features = (map: StageTokens) => ({
    stages: [{ ...map, tokens: standard.apply(map.tokens) }],
  });
  const learned = features(learnFrom);
  const optimiser = tf.train.adam(0.1);
  for (let step = 0; step < steps; step += 1)
    optimiser.minimize(
      () => head.loss(learned, {}, trainingPass({ seed, step })).loss,
      false,
      Object.values(head.variables),
    );
  const right = tf.tidy(() => {
    const guesses = tf.argMax(head.apply(features(judgeBy), evaluationPass()), -1);
    return tf.sum(tf.cast(tf.equal(guesses, judgeBy.positions), 'float32'));
  });
  const [successes = Number.NaN] = await right.data();
  tf.dispose([right, learned.stages[0]?.tokens ?? [], standard.mean, standard.deviation]);
  optimiser.dispose();
  disposeVariables(head.variables);
  return shareInterval(successes, judgeBy.positions.size, deviations);
}

function standardiser(tokens: tf.Tensor3D) {
  const { mean, deviation } = tf.tidy(() => {
    const { mean, variance } = tf.moments(tokens, [0, 1]); // [channels] each
    const rounding = tf.mul(tf.sqrt(tf.mean(tf.square(tokens))), 1e-4);
    return { mean, deviation: tf.maximum(tf.sqrt(variance), tf.add(rounding, 1e-12)) };
  });
  return {
    mean,
    deviation,
    apply: (all: tf.Tensor3D): tf.Tensor3D => tf.tidy(() => tf.div(tf.sub(all, mean), deviation)),
  };
}
