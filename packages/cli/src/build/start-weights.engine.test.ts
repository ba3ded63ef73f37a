import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { disposeVariables, type HostTensor, readVariables } from '@whereabouts/layers';
import { writeSafetensors } from '@whereabouts/weights/files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fixtureNames, readFixture } from '../../../../testing/fixture.js';
import { resolveConfig } from '../config/resolve-config.js';
import type { TrainingRequest } from '../settings/training-config.js';
import { buildModel } from './build-model.js';
import { loadWeights } from './load-weights.js';
import { readModelFile } from './model-file.js';
import { openTeacher } from './open-teacher.js';
import { timmVitOptions } from './timm-vit-options.js';

let folder = '';
const names = ['vit-class-token', 'vit-average-pool', 'vit-no-class-token', 'deit-distilled'];
const pathOf = (name: string) => join(folder, `${name}.safetensors`);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'start-'));
  for (const name of names) {
    const reference = readFixture(name);
    const weights = fixtureNames(name, 'weights/').map((path): [string, HostTensor] => {
      const { shape, values } = reference(`weights/${path}`);
      return [path, { shape, dtype: 'float32', values: values as Float32Array }];
    });
    await writeSafetensors(pathOf(name), Object.fromEntries(weights));
  }
});
afterAll(() => rm(folder, { recursive: true }));

const deit = {
  ...{ name: 'vit', channels: 24, depth: 2, heads: 3, patchSize: 4, distillationToken: true },
} as const satisfies TrainingRequest['model'];
const configOf = (request: TrainingRequest) =>
  resolveConfig({ ...request, data: { path: 'fashion-mnist', imageSize: 16, ...request.data } });

describe('weights of timm', () => {
  it.each([
    ['vit-class-token', { patchSize: 4, depth: 3, classToken: true, pooling: 'class-token' }],
    ['vit-average-pool', { patchSize: 4, depth: 2, pooling: 'average', normAfterPooling: true }],
    ['vit-no-class-token', { patchSize: 8, depth: 2, classToken: false, pooling: 'average' }],
    ['deit-distilled', { patchSize: 4, channels: 24, depth: 2, distillationToken: true }],
  ] as const)('of %s tell what the model is made of', async (name, expected) => {
    const { tensors, run } = await readModelFile(pathOf(name), 'It');
    expect(run).toBeUndefined();
    expect(timmVitOptions(tensors.backbone, 32)).toMatchObject({ imageSize: 32, ...expected });
  });

  it('are a start for a model of another image size, and for its classifier where that has as many classes', async () => {
    const file = await readModelFile(pathOf('deit-distilled'), 'It');
    for (const [classes, fate] of [
      [6, 'the head classes is taken too'],
      [7, 'the head classes starts anew, since that in the file is another one'],
    ] as const) {
      const model = buildModel(configOf({ model: deit, data: { imageSize: 32 } }), { classes });
      const notes = loadWeights(file, { own: model.own, heads: model.heads, partial: false });
      expect(notes[0]).toMatch(/^\d+ tensors of the backbone are from .*deit-distilled\.safetensors$/);
      expect(notes).toContain(fate);
      expect(notes).toContain('the head absolute starts anew');
      const { classToken } = await readVariables(model.own.backbone.variables);
      expect(classToken).toEqual(file.tensors.backbone.classToken);
      disposeVariables(model.variables);
    }
  });

  it('are refused by a model of another width', async () => {
    const file = await readModelFile(pathOf('deit-distilled'), 'It');
    const model = buildModel(configOf({ model: { ...deit, channels: 12 } }), { classes: 6 });
    expect(() => loadWeights(file, { own: model.own, heads: {}, partial: false })).toThrow(
      /deit-distilled\.safetensors holds the weights of another model\.\n {2}not fitting: .*classToken is \[1,1,24\], expected \[1,1,12\]/,
    );
    disposeVariables(model.variables);
  });

  it('are a teacher of as many classes', async () => {
    const config = configOf({ model: deit, distillation: { teacher: pathOf('deit-distilled') } });
    const opened = await openTeacher(config, { classes: [...'abcdef'] });
    expect(Object.keys(opened?.teacher.variables ?? {})).toContain('head.distilled.weight');
    opened?.dispose();
    await expect(openTeacher(config, { classes: [...'abc'] })).rejects.toThrow(
      'it tells 6 classes apart, and the data has 3.',
    );
    expect(await openTeacher(configOf({ model: deit }), { classes: ['a'] })).toBeUndefined();
  });

  it('that are not there are asked for in vain', async () => {
    await expect(readModelFile(join(folder, 'nowhere'), 'The teacher')).rejects.toThrow(
      `The teacher is ${join(folder, 'nowhere')}, but there is no such file or folder.`,
    );
  });
});
