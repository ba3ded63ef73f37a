import * as tf from '@tensorflow/tfjs-core';
import {
  createRandom,
  disposeVariables,
  evaluationPass,
  type Objective,
  type Random,
  trainingPass,
} from '@whereabouts/layers';
import { checkRuns, withFresh } from './check-runs.js';
import { makeTidily } from './make-tidily.js';
import { namedTensors } from './named-tensors.js';
import { givenUntouched } from './promises/given-untouched.js';
import { groupedPaths } from './promises/grouped-paths.js';
import { lossScalars } from './promises/loss-scalars.js';
import { ownGradients } from './promises/own-gradients.js';
import { undecayedPaths } from './promises/undecayed-paths.js';
import { weightsOfTerms } from './promises/weights-of-terms.js';
import type { LearningSpecimen } from './specimen.js';

/**
 * Checks that an objective keeps the promises of the interface, on the backend that is set. Resolves when it does.
 *
 * It runs anywhere, within a test framework or by hand; `import '@tensorflow/tfjs'` first, for the gradients.
 *
 * @param create makes a fresh objective whose first weights come from the seed; called a dozen times, so let it be small
 * @param makeBatch makes a batch with values drawn from `random` and nowhere else; for 3 images
 * @throws at the first broken promise, with a sentence that names it, what it expects and what was found
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { checkObjective, randomImages } from '@whereabouts/conformance';
 * import { absolutePositions } from '@whereabouts/position-labels';
 * import { joint } from '@whereabouts/trainer';
 * import { vit } from '@whereabouts/vit';
 *
 * const images = randomImages({ height: 8, width: 8 });
 * await checkObjective(
 *   (seed) => {
 *     const backbone = vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2, pooling: 'none', seed });
 *     return joint(backbone, { absolute: absolutePositions({ spec: backbone.spec, seed }) });
 *   },
 *   (batchSize, random) => ({ images: images(batchSize, random) }),
 * );
 * ```
 */
export async function checkObjective<Batch>(
  create: (seed: number) => Objective<Batch>,
  makeBatch: (batchSize: number, random: Random) => Batch,
): Promise<void> {
  const batch = makeTidily(() => makeBatch(3, createRandom({ seed: 0, step: 0 })));
  const objective = create(0);
  givenUntouched(batch, () => void objective.terms(batch, evaluationPass()));
  undecayedPaths(objective.undecayed, objective.variables);
  groupedPaths(objective.layerGroups ?? [], objective.variables);
  tf.tidy(() =>
    weightsOfTerms(objective.weights, objective.terms(batch, trainingPass({ seed: 0, step: 0 }))),
  );
  lossScalars((pass) => withDot(objective.terms(batch, pass)));
  disposeVariables(objective.variables);

  const make = (seed: number): LearningSpecimen => {
    const made = create(seed);
    return {
      variables: () => made.variables,
      given: batch,
      run: (pass) => namedTensors(made.terms(batch, pass)),
      score: (outputs) => weightedSum(outputs, made.weights),
    };
  };
  await checkRuns(make);
  await withFresh(make, ownGradients);
  tf.dispose(Object.values(namedTensors(batch)));
}

const withDot = <Value>(record: Readonly<Record<string, Value>>) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [`${name}.`, value]));

function weightedSum(
  outputs: Readonly<Record<string, tf.Tensor>>,
  weights: Readonly<Record<string, number>>,
): tf.Scalar {
  const terms = Object.keys(outputs).filter((name) => name.endsWith('.loss') && !name.includes('.metrics.'));
  return tf.addN(
    terms.map((name) => tf.mul(outputs[name] as tf.Scalar, weights[name.slice(0, -'.loss'.length)] ?? 1)),
  ) as tf.Scalar;
}
