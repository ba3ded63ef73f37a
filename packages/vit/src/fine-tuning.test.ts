import '@tensorflow/tfjs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  classification,
  disposeVariables,
  type HostTensor,
  loadVariables,
  readVariables,
} from '@whereabouts/layers';
import { resizePositionEncoding } from '@whereabouts/patch-embedding';
import { joint, saveCheckpoint } from '@whereabouts/trainer';
import { fromCheckpoint, fromTimmVit, toHostTensors, toTimmVit } from '@whereabouts/weights';
import { readSafetensors, writeSafetensors } from '@whereabouts/weights/files';
import { expect, it } from 'vitest';
import { loadVit } from './load-vit.js';
import { vit } from './vit.js';

const size = { patchSize: 8, channels: 12, depth: 1, heads: 2, distillationToken: true };

/** A model of 32 px with two heads, as a training leaves it. */
function trained() {
  const backbone = vit({ ...size, imageSize: 32, seed: 1 });
  const { spec } = backbone;
  const heads = {
    classes: classification({ spec, classes: 4, seed: 1 }),
    other: classification({ spec, classes: 2, seed: 1 }),
  };
  return { backbone, classes: heads.classes, objective: joint(backbone, heads) };
}

/** Loads both parts into a model of 48 px and expects them there. */
async function expectFitted(
  parts: { backbone: Record<string, HostTensor>; classes: Record<string, HostTensor> },
  model: ReturnType<typeof trained>,
) {
  const larger = vit({ ...size, imageSize: 48, seed: 2 });
  const head = classification({ spec: larger.spec, classes: 4, seed: 2 });
  loadVit(larger, parts.backbone);
  loadVariables(head.variables, parts.classes);
  const before = await readVariables(model.backbone.variables);
  const encoding = resizePositionEncoding(before['positionEncoding.weight'] as HostTensor, {
    from: model.backbone.grid,
    to: larger.grid,
    prefix: 2,
  });
  expect(encoding.shape).toEqual([2 + 36, 12]);
  expect(await readVariables(larger.variables)).toEqual({ ...before, 'positionEncoding.weight': encoding });
  expect(await readVariables(head.variables)).toEqual(await readVariables(model.classes.variables));
  disposeVariables(larger.variables);
  disposeVariables(head.variables);
}

it('a checkpoint of 32 px goes on at 48 px', async () => {
  const model = trained();
  const path = join(await mkdtemp(join(tmpdir(), 'fine-tuning-')), 'last.safetensors');
  const progress = { step: 1, steps: 2, stepsPerEpoch: 1, seed: 0, accumulate: 1, frozen: 0 };
  await saveCheckpoint(path, { model: model.objective.variables, optimiser: {} }, progress);
  const { backbone, heads } = fromCheckpoint(toHostTensors((await readSafetensors(path)).tensors));
  await expectFitted({ backbone, classes: heads.classes ?? {} }, model);
  disposeVariables(model.objective.variables);
});

it("so do weights in timm's names", async () => {
  const model = trained();
  const path = join(await mkdtemp(join(tmpdir(), 'fine-tuning-')), 'model.safetensors');
  const [backbone, classes] = await Promise.all(
    [model.backbone, model.classes].map(({ variables }) => readVariables(variables)),
  );
  await writeSafetensors(path, toTimmVit({ backbone: backbone ?? {}, classification: classes ?? {} }, size));
  const read = fromTimmVit(toHostTensors((await readSafetensors(path)).tensors));
  await expectFitted({ backbone: read.backbone, classes: read.classification }, model);
  disposeVariables(model.objective.variables);
});
