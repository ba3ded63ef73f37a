import {
  classification,
  disposeVariables,
  type HostTensor,
  loadVariables,
  type PixelNormalisation,
  predictor,
  type Teacher,
} from '@whereabouts/layers';
import { vit } from '@whereabouts/vit';
import { requireSameBackbone } from '../backbone/backbone-file.js';
import { type DataDescription, readEnvironment } from '../run/environment.js';
import { readRunConfig } from '../run/run-folder.js';
import { runPaths } from '../run/run-paths.js';
import type { TrainingConfig } from '../settings/training-config.js';
import { type BuiltBackbone, buildBackbone, builtVit } from './build-backbone.js';
import { type ModelFile, readModelFile } from './model-file.js';
import { timmVitOptions } from './timm-vit-options.js';

/** A teacher, and how to get rid of it. */
export interface OpenedTeacher {
  readonly teacher: Teacher;
  readonly dispose: () => void;
}

/**
 * Opens the teacher that a configuration names; undefined where it names none. It sees images of the student's size.
 *
 * @throws when its file can't be read, or it knows other classes
 */
export async function openTeacher(
  config: TrainingConfig,
  { classes }: Pick<DataDescription, 'classes'>,
): Promise<OpenedTeacher | undefined> {
  const path = config.distillation.teacher;
  if (path === 'none') return undefined;
  const found = await readModelFile(path, 'The teacher');
  const { own, normalisation } = await teacherBackbone(found, config, classes);
  const { backbone } = own;
  const head = classification({ spec: backbone.spec, classes: classes.length });
  const dispose = () => {
    disposeVariables(backbone.variables);
    disposeVariables(head.variables);
  };
  try {
    own.load(found.tensors.backbone);
    loadVariables(head.variables, requireClassifier(found, classes.length));
  } catch (error) {
    dispose();
    throw new Error(`The teacher ${found.file} can't be used: ${(error as Error).message}`, { cause: error });
  }
  return { teacher: { ...predictor(backbone, head), ...(normalisation && { normalisation }) }, dispose };
}

async function teacherBackbone(
  { run, tensors, file }: ModelFile,
  { data: { imageSize } }: TrainingConfig,
  classes: readonly string[],
): Promise<{ own: BuiltBackbone; normalisation?: PixelNormalisation }> {
  if (run === undefined) return { own: builtVit(vit(timmVitOptions(tensors.backbone, imageSize))) };
  const paths = runPaths(run);
  const environment = await readEnvironment(paths.environment);
  const known = environment?.data.classes.join(', ');
  if (environment === undefined || known !== classes.join(', '))
    throw new Error(
      `The teacher ${file} tells other classes apart: ${known}. Those of the data are ${classes.join(', ')}. Train both on the same classes.`,
    );
  const before = await readRunConfig(run);
  await requireSameBackbone(paths.environment, before);
  const own = await buildBackbone({ ...before, data: { ...before.data, imageSize } });
  return { own, normalisation: environment.data.normalisation };
}

function requireClassifier(
  { tensors, file }: ModelFile,
  classes: number,
): Readonly<Record<string, HostTensor>> {
  const head = tensors.heads.classes;
  const known = head?.bias?.shape[0];
  if (head === undefined) throw new Error(`${file} holds no classifier`);
  if (known !== classes) throw new Error(`it tells ${known} classes apart, and the data has ${classes}.`);
  return head;
}
