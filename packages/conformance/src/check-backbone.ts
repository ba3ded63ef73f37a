import * as tf from '@tensorflow/tfjs-core';
import {
  type Backbone,
  createRandom,
  disposeVariables,
  evaluationPass,
  type Random,
  trainingPass,
} from '@whereabouts/layers';
import { checkFeatures } from './check-features.js';
import { checkRuns, withFresh } from './check-runs.js';
import { makeTidily } from './make-tidily.js';
import { namedTensors } from './named-tensors.js';
import { projectOutputs } from './project-outputs.js';
import { givenUntouched } from './promises/given-untouched.js';
import { groupedPaths } from './promises/grouped-paths.js';
import { imagesApart } from './promises/images-apart.js';
import { otherSizeRefused } from './promises/other-size-refused.js';
import { ownGradients } from './promises/own-gradients.js';
import { plainSpec } from './promises/plain-spec.js';
import { sameSpec } from './promises/same-spec.js';
import { undecayedPaths } from './promises/undecayed-paths.js';
import type { LearningSpecimen } from './specimen.js';

/**
 * Checks that a backbone keeps the promises of the interface, on the backend that is set. Resolves when it does.
 *
 * It runs anywhere, within a test framework or by hand; `import '@tensorflow/tfjs'` first, for the gradients.
 *
 * @param create makes a fresh backbone whose first weights come from the seed; it is called a dozen times, so let it be small
 * @param makeInput makes a batch with values drawn from `random` and nowhere else; `randomImages` makes images
 * @throws at the first broken promise, with a sentence that names it, what it expects and what was found
 * @example
 * ```ts
 * import '@tensorflow/tfjs';
 * import { checkBackbone, randomImages } from '@whereabouts/conformance';
 * import { vit } from '@whereabouts/vit';
 *
 * await checkBackbone(
 *   (seed) => vit({ imageSize: 8, patchSize: 4, channels: 8, depth: 1, heads: 2, seed }),
 *   randomImages({ height: 8, width: 8 }),
 * );
 * ```
 */
export async function checkBackbone<Input>(
  create: (seed: number) => Backbone<Input>,
  makeInput: (batchSize: number, random: Random) => Input,
): Promise<void> {
  const inputOf = (batchSize: number) =>
    makeTidily(() => makeInput(batchSize, createRandom({ seed: 0, step: 0 })));
  const backbone = create(1);
  plainSpec(backbone.spec);
  const spec = JSON.stringify(backbone.spec);
  const given = inputOf(1);
  givenUntouched(given, () => void backbone.apply(given, evaluationPass()));
  tf.dispose(Object.values(namedTensors(given)));
  undecayedPaths(backbone.undecayed ?? [], backbone.variables);
  groupedPaths(backbone.layerGroups ?? [], backbone.variables);
  for (const batchSize of [1, 2, 3]) {
    const batch = inputOf(batchSize);
    for (const pass of [evaluationPass(), trainingPass({ seed: 0, step: 0 })])
      await checkFeatures(backbone, batch, { batchSize, pass });
    tf.dispose(Object.values(namedTensors(batch)));
  }

  const input = inputOf(3);
  if (input instanceof tf.Tensor && input.rank === 4)
    otherSizeRefused(backbone as Backbone<Input & tf.Tensor4D>, input as Input & tf.Tensor4D);
  const make = (seed: number): LearningSpecimen => {
    const made = create(seed);
    sameSpec(spec, made.spec);
    return {
      variables: () => made.variables,
      given: input,
      run: (pass) => namedTensors(made.apply(input, pass)),
      score: projectOutputs,
    };
  };
  await checkRuns(make);
  await withFresh(make, ownGradients);
  tf.dispose(Object.values(namedTensors(input)));
  await imagesApart(backbone, inputOf);
  sameSpec(spec, backbone.spec);
  disposeVariables(backbone.variables);
}
