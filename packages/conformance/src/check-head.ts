import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  disposeVariables,
  evaluationPass,
  type FeatureSpec,
  type Features,
  type Head,
  type Random,
} from '@whereabouts/layers';
import { checkRuns, withFresh } from './check-runs.js';
import { eachImageTwice } from './each-image-twice.js';
import { exampleSpecs } from './example-specs.js';
import { makeTidily } from './make-tidily.js';
import { namedTensors } from './named-tensors.js';
import { differentiableFeatures } from './promises/differentiable-features.js';
import { givenUntouched } from './promises/given-untouched.js';
import { honestNeeds } from './promises/honest-needs.js';
import { learns } from './promises/learns.js';
import { lossScalars } from './promises/loss-scalars.js';
import { meansOverImages } from './promises/means-over-images.js';
import { orderFree } from './promises/order-free.js';
import { ownGradients } from './promises/own-gradients.js';
import { runsOnSpec } from './promises/runs-on-spec.js';
import { randomFeatures } from './random-features.js';
import type { LearningSpecimen, Specimen } from './specimen.js';

const batchSize = 3;

/** On what a head is checked. */
export interface HeadCheck<Batch> {
  /** Makes what the head reads besides features, with values drawn from `random`; for 3 images. */
  readonly makeBatch: (batchSize: number, random: Random) => Batch;
  /** The backbones that it may sit on; `exampleSpecs` unless given. It has to refuse those that lack what it needs. */
  readonly specs?: readonly FeatureSpec[];
}

/**
 * Checks that a head keeps the promises of the interface, on the backend that is set, on random features: square and
 * rectangular grids, subsets of positions, tokens in any order. Resolves when it does.
 *
 * It runs anywhere, within a test framework or by hand; `import '@tensorflow/tfjs'` first, for the gradients.
 *
 * @param create makes a fresh head for a backbone of this spec; its first weights come from the seed
 * @param options needed unless the head reads nothing but features
 * @throws at the first broken promise, with a sentence that names it, what it expects and what was found
 * @example
 * ```ts
 * import * as tf from '@tensorflow/tfjs';
 * import { checkHead } from '@whereabouts/conformance';
 * import { classification } from '@whereabouts/layers';
 * import { absolutePositions } from '@whereabouts/position-labels';
 *
 * await checkHead((spec, seed) => absolutePositions({ spec, seed }));
 *
 * await checkHead((spec, seed) => classification({ spec, classes: 3, seed }), {
 *   makeBatch: (batchSize, random) => ({
 *     classes: tf.cast(tf.mul(random.uniform('classes', [batchSize]), 3), 'int32') as tf.Tensor1D,
 *   }),
 * });
 * ```
 */
export function checkHead(
  create: (spec: FeatureSpec, seed: number) => Head<unknown, unknown>,
  options?: Partial<HeadCheck<unknown>>,
): Promise<void>;
export function checkHead<Batch>(
  create: (spec: FeatureSpec, seed: number) => Head<Batch, unknown>,
  options: HeadCheck<Batch>,
): Promise<void>;
export async function checkHead<Batch>(
  create: (spec: FeatureSpec, seed: number) => Head<Batch, unknown>,
  options: Partial<HeadCheck<Batch>> = {},
): Promise<void> {
  const { makeBatch = () => ({}) as Batch, specs = exampleSpecs } = options;
  for (const spec of honestNeeds((each) => create(each, 0), specs)) {
    const batch = makeTidily(() => makeBatch(batchSize, createRandom({ seed: 0, step: 0 })));
    const orders = [0, 1].map((order) => randomFeatures({ spec, batchSize, order }));
    await checkOn(spec, (seed) => create(spec, seed), orders as [Features, Features], batch);
    tf.dispose(Object.values(namedTensors([orders, batch])));
  }
}

async function checkOn<Batch>(
  spec: FeatureSpec,
  create: (seed: number) => Head<Batch, unknown>,
  orders: readonly [Features, Features],
  batch: Batch,
): Promise<void> {
  const [features, reordered] = orders;
  const given: readonly [Features, Batch] = [features, batch];
  const learning = (seed: number): LearningSpecimen => {
    const head = create(seed);
    return {
      variables: () => head.variables,
      given,
      run: (pass) => namedTensors(head.loss(features, batch, pass)),
      score: (outputs) => outputs.loss as tf.Scalar,
    };
  };
  const predicting = (seed: number): Specimen => {
    const head = create(seed);
    return {
      variables: () => head.variables,
      given,
      run: (pass) => namedTensors({ prediction: head.apply(features, pass) }),
    };
  };

  const head = create(0);
  givenUntouched(given, () => runsOnSpec(spec, () => void head.loss(features, batch, evaluationPass())));
  givenUntouched(given, () => runsOnSpec(spec, () => void head.apply(features, evaluationPass())));
  lossScalars((pass) => ({ '': head.loss(features, batch, pass) }));

  await checkRuns(learning);
  await checkRuns(predicting);
  await withFresh(learning, ownGradients);
  await withFresh(learning, learns);
  await orderFree((order, pass) => head.loss(order === 0 ? features : reordered, batch, pass));
  await meansOverImages((times, pass) => {
    const [seen, beside] = times === 1 ? given : eachImageTwice(given, batchSize);
    return head.loss(seen, beside, pass);
  });
  await differentiableFeatures(features, (moved, pass) => head.loss(moved, batch, pass).loss);
  disposeVariables(head.variables);
}
