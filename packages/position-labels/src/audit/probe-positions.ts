import * as tf from '@tensorflow/tfjs-core';
import {
  disposeVariables,
  evaluationPass,
  type FeatureSpec,
  trainingPass,
  type Variables,
} from '@whereabouts/layers';
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
 * Trains linear heads of positions on fixed tokens, and tells how often the better one is right on others: one reads the
 * channels, the other their squares as well, for what tells a position by its size and not by its sign. Which is better, tokens
 * say that neither learned from and that it isn't judged by.
 *
 * Channels are brought to mean 0 and deviation 1 first, as the tokens to learn from have them, so that a small encoding
 * under large contents is found; what varies by less than a ten-thousandth of the whole is left small, for it is rounding.
 */
export async function probePositions(
  { learnFrom, chooseBy, judgeBy }: Readonly<Record<'learnFrom' | 'chooseBy' | 'judgeBy', StageTokens>>,
  settings: ProbeSettings,
): Promise<ShareInterval> {
  const standard = standardiser(learnFrom.tokens);
  const readings: readonly Reading[] = [
    (tokens) => standard.apply(tokens),
    (tokens) => tf.tidy(() => withSquares(standard.apply(tokens))),
  ];
  const probes = readings.map((reading) => learnProbe(learnFrom, reading, settings));
  const chosen = await Promise.all(probes.map((probe) => probe.successes(chooseBy)));
  const better = probes[chosen.indexOf(Math.max(...chosen))] as Probe;
  const successes = await better.successes(judgeBy);
  for (const probe of probes) disposeVariables(probe.variables);
  tf.dispose([standard.mean, standard.deviation]);
  return shareInterval(successes, judgeBy.positions.size, settings.deviations);
}

/** What a probe is shown of tokens, `[images, length, channels] float32` to `[images, length, read] float32`. */
type Reading = (tokens: tf.Tensor3D) => tf.Tensor3D;

interface Probe {
  readonly variables: Variables;
  /** How many of so many tokens it is right about. */
  readonly successes: (map: StageTokens) => Promise<number>;
}

function learnProbe(learnFrom: StageTokens, reading: Reading, { steps, seed }: ProbeSettings): Probe {
  const features = (map: StageTokens) => ({ stages: [{ ...map, tokens: reading(map.tokens) }] });
  const learned = features(learnFrom);
  const [tokens] = learned.stages.map((stage) => stage.tokens) as [tf.Tensor3D];
  const [, length, channels] = tokens.shape;
  const spec: FeatureSpec = {
    contract: 1,
    stages: [{ grid: learnFrom.grid, channels, length }],
    pooled: 0,
    positionEncoding: 'none',
  };
  const head = linearPositions({ spec, seed });
  const optimiser = tf.train.adam(0.1);
  for (let step = 0; step < steps; step += 1)
    optimiser.minimize(
      () => head.loss(learned, {}, trainingPass({ seed, step })).loss,
      false,
      Object.values(head.variables),
    );
  optimiser.dispose();
  tokens.dispose();
  return {
    variables: head.variables,
    successes: async (map) => {
      const right = tf.tidy(() => {
        const guesses = tf.argMax(head.apply(features(map), evaluationPass()), -1);
        return tf.sum(tf.cast(tf.equal(guesses, map.positions), 'float32'));
      });
      const [count = Number.NaN] = await right.data();
      right.dispose();
      return count;
    },
  };
}

/** Channels beside their squares, both of mean 0 where the channels have mean 0 and deviation 1. */
function withSquares(tokens: tf.Tensor3D): tf.Tensor3D {
  return tf.concat([tokens, tf.sub(tf.square(tokens), 1)], 2) as tf.Tensor3D; // [images, length, 2 * channels]
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
