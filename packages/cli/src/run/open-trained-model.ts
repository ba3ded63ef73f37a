import type { Normalisation } from '@whereabouts/data';
import { disposeVariables } from '@whereabouts/layers';
import { type OpenBackend, openBackend } from '@whereabouts/runtime';
import { loadModel } from '@whereabouts/trainer';
import { requireSameBackbone } from '../backbone/backbone-file.js';
import { buildBackbone } from '../build/build-backbone.js';
import { type BuiltModel, buildModel } from '../build/build-model.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { readEnvironment } from './environment.js';
import type { FoundCheckpoint } from './find-checkpoint.js';
import { readRunConfig } from './run-folder.js';
import { runPaths } from './run-paths.js';

/** A trained model, ready to predict. */
export interface TrainedModel extends Pick<BuiltModel, 'backbone' | 'classifier' | 'heads' | 'own'> {
  readonly config: TrainingConfig;
  /** Names by class number. */
  readonly classes: readonly string[];
  readonly normalisation: Normalisation;
  readonly backend: OpenBackend;
  /** The file of its weights. */
  readonly checkpoint: string;
  /** Steps that it was trained. */
  readonly step: number;
  readonly dispose: () => void;
}

/**
 * Opens a backend and loads a model with the weights of a checkpoint; the data it was trained on need not be there.
 *
 * @throws when the run never began, or the checkpoint can't be read
 */
export async function openTrainedModel(
  { folder, file }: FoundCheckpoint,
  options: {
    readonly backend?: TrainingConfig['run']['backend'];
    readonly threads?: TrainingConfig['run']['threads'];
  } = {},
): Promise<TrainedModel> {
  const config = await readRunConfig(folder);
  const paths = runPaths(folder);
  const environment = await readEnvironment(paths.environment);
  if (environment === undefined)
    throw new Error(`${folder} has no environment.json, which names the classes: its training never began.`);
  await requireSameBackbone(paths.environment, config);
  const { classes, normalisation } = environment.data;
  const { backend: name = config.run.backend, threads = config.run.threads } = options;
  const backend = await openBackend({ backend: name, ...(threads === 'auto' ? {} : { threads }) });
  const { variables, backbone, classifier, heads, own } = buildModel(config, {
    classes: classes.length,
    own: await buildBackbone(config),
  });
  const { step } = await loadModel(file, variables).catch((error: Error) => {
    disposeVariables(variables);
    throw error;
  });
  const dispose = () => disposeVariables(variables);
  return {
    ...{ config, classes, normalisation, backend, checkpoint: file, step, backbone, heads, own, dispose },
    ...(classifier && { classifier }),
  };
}
