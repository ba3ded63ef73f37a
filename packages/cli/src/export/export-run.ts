import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { toHostTensors } from '@whereabouts/weights';
import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
import { z } from 'zod';
import { usageError } from '../command-line/usage-error.js';
import { foreignNames } from '../convert/foreign-names.js';
import { readWeights } from '../convert/read-weights.js';
import { readEnvironment } from '../run/environment.js';
import type { FoundCheckpoint } from '../run/find-checkpoint.js';
import { lastEvaluation } from '../run/metrics-file.js';
import { readRunConfig } from '../run/run-folder.js';
import { runPaths } from '../run/run-paths.js';
import { modelCard } from './model-card.js';
import { preprocessorConfig, timmConfig } from './model-description.js';
import { timmArchitecture } from './timm-architecture.js';

/** What an export did. */
export interface Export {
  readonly checkpoint: string;
  readonly folder: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
  /** What timm is told to start from. */
  readonly architecture: string;
  readonly tensors: number;
  /** Heads that are not needed after training and were left out. */
  readonly heads: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Writes a folder that timm and transformers open: the weights under timm's names, what the model is, what it does to
 * pictures, and a model card. All of it, or on an error nothing.
 *
 * @param folder that isn't there yet
 * @throws when it is there, when the run never began, or other libraries have no such model
 */
export async function exportRun(found: FoundCheckpoint, folder: string): Promise<Export> {
  if (existsSync(folder))
    throw usageError(`${folder} is there already; choose another name. Nothing was changed.`);
  const paths = runPaths(found.folder);
  const config = await readRunConfig(found.folder);
  const environment = await readEnvironment(paths.environment);
  if (environment === undefined)
    throw new Error(
      `${found.folder} has no environment.json, which names the classes: its training never began.`,
    );
  const stored = await readSafetensors(found.file);
  const model = readWeights(toHostTensors(stored.tensors), { partial: false });
  const timm = timmArchitecture(config, model.backbone);
  const { tensors, heads, notes } = await foreignNames(model, 'timm', found.folder);
  const classes = model.heads.classes === undefined ? [] : environment.data.classes;
  const described = { config, normalisation: environment.data.normalisation, classes, timm };
  const json = (value: object) => `${JSON.stringify(value, undefined, 2)}\n`;
  const texts = {
    'config.json': json(timmConfig(described)),
    'preprocessor_config.json': json(preprocessorConfig(described)),
    'README.md': modelCard({
      ...{ name: basename(resolve(folder)), config, classes, dropped: heads },
      pictures: environment.data.pictures,
      step: stepOf(stored.metadata.progress),
      evaluation: (await lastEvaluation(paths.metrics)) ?? {},
    }),
  };
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  try {
    await writeSafetensors(join(unfinished, weightsFile), tensors, { metadata: { format: 'pt' } });
    for (const [name, text] of Object.entries(texts))
      await writeFile(join(unfinished, name), text, { flush: true });
    await rename(unfinished, folder);
  } catch (failure) {
    await rm(unfinished, { recursive: true, force: true });
    throw failure;
  }
  return {
    ...{ checkpoint: found.file, folder, files: [weightsFile, ...Object.keys(texts)] },
    ...{ architecture: timm.architecture, tensors: Object.keys(tensors).length, heads, notes },
  };
}

const weightsFile = 'model.safetensors';

const progressSchema = z.object({ step: z.number() });

/** After how many steps a checkpoint was written, of what its metadata say of its progress. */
const stepOf = (progress = '{}'): number => progressSchema.safeParse(JSON.parse(progress)).data?.step ?? 0;
